/** What a news site's page does with the API, against a live server. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { articleAt, connect, correctSpeaker, highlighted, ok, pages, Refused } from "./onrecord.js";
import type { Query, Schemas } from "./onrecord.js";

function given(name: string): string {
  const value = process.env[name];
  assert.ok(value, `${name} is not set`);
  return value;
}

const ADDRESS = given("ONRECORD_ADDRESS");
// A server with a limit of two requests an hour for whoever comes by its proxy.
const LIMITED = given("ONRECORD_LIMITED");
const ARTICLE = given("ONRECORD_ARTICLE");
// The one origin that both servers know.
const ORIGIN = given("ONRECORD_ORIGIN");
// Outside the Basic Multilingual Plane: one code point, two units of a JavaScript string.
const WIDE = /[\u{10000}-\u{10FFFF}]/u;

const api = connect(ADDRESS);

type Stretch = { start: number; end: number; text: string | null };

/** Whether each stretch's words stand where its offsets say. How many stand behind an emoji. */
function checked(text: string, stretches: (Stretch | null)[]): number {
  const found = stretches.filter((stretch) => stretch !== null);
  for (const { start, end, text: words } of found) assert.equal(text.slice(start, end), words);
  return found.filter(({ start }) => WIDE.test(text.slice(0, start))).length;
}

async function known() {
  const found = await articleAt(api, ARTICLE, 1);
  assert.ok(found);
  const { article, quotes } = found;
  assert.ok(article.text);
  return { article, quotes, text: article.text };
}

/** The headers that a browser lets a page of this origin read (Fetch standard, 3.3.5). */
function readable(response: Response, origin: string): string[] {
  const allowed = response.headers.get("Access-Control-Allow-Origin");
  if (allowed !== "*" && allowed !== origin) return [];
  const always = ["cache-control", "content-language", "content-type", "expires", "last-modified"];
  const exposed = (response.headers.get("Access-Control-Expose-Headers") ?? "").split(",");
  const open = new Set([...always, ...exposed.map((name) => name.trim().toLowerCase())]);
  return [...response.headers.keys()].filter((name) => open.has(name));
}

async function refusal(call: () => Promise<unknown>): Promise<Refused> {
  try {
    await call();
  } catch (error) {
    assert.ok(error instanceof Refused, String(error));
    return error;
  }
  throw new Error("it was not refused");
}

test("an article is found by its address, in any form of it", async () => {
  const { article, quotes } = await known();
  assert.equal(article.url, ARTICLE);
  assert.equal(article.offset_unit, "utf16");
  assert.ok(quotes.length > 1);
  const again = await articleAt(api, `${ARTICLE.replace("://", "://www.")}/?utm_source=feed#top`);
  assert.equal(again?.article.id, article.id);
  assert.equal(await articleAt(api, "https://news.example/nowhere"), null);
});

test("paging gives each quote once, in the order of one long page", async () => {
  const { article, quotes } = await known();
  const query = { limit: 200 } satisfies Query<"list_article_quotes">;
  const path = { article_id: article.id };
  const all = await ok(api.GET("/v1/articles/{article_id}/quotes", { params: { path, query } }));
  assert.equal(all.next, null);
  assert.deepEqual(all.total, { value: quotes.length, relation: "eq" });
  assert.deepEqual(
    quotes.map(({ id }) => id),
    all.results.map(({ id }) => id),
  );
});

test("a filter's pages keep to it, and `Link` says what `next` does", async () => {
  const query = { kind: ["direct", "mixed"], limit: 2 } satisfies Query<"list_quotes">;
  const { data, response } = await api.GET("/v1/quotes", { params: { query } });
  assert.ok(data?.next);
  assert.equal(response.headers.get("Link"), `<${data.next}>; rel="next"`);
  const rows: Schemas["QuoteSummary"][] = [];
  for await (const page of pages(data)) rows.push(...page.results);
  assert.equal(rows.length, data.total.value);
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
  assert.deepEqual(new Set(rows.map(({ kind }) => kind)), new Set(["direct"]));
});

test("offsets index the article's text as JavaScript does, emoji or not", async () => {
  const { article, quotes, text } = await known();
  assert.ok(WIDE.test(text));
  let behind = checked(text, article.zones);
  for (const quote of quotes) {
    const { content, cue_span, source, paragraph, evidence } = quote;
    assert.equal(quote.offset_unit, "utf16");
    assert.ok(content.length > 0);
    behind += checked(text, [...content, cue_span, source, paragraph, evidence.antecedent]);
    const path = { quote_id: quote.id };
    const query = { offsets: "utf16" } satisfies Query<"get_quote">;
    const item = await ok(api.GET("/v1/quotes/{quote_id}", { params: { path, query } }));
    assert.deepEqual(item.content, content);
  }
  const mentioned = await ok(
    api.GET("/v1/articles/{article_id}/entities", {
      params: { path: { article_id: article.id }, query: { offsets: "utf16", limit: 200 } },
    }),
  );
  for (const { mentions, roles } of mentioned.results) {
    behind += checked(text, [...mentions, ...roles]);
  }
  assert.ok(behind > 10, `only ${behind} stretches stand behind an emoji`);
});

test("offsets in code points would miss: the unit has to be asked for", async () => {
  const { article, text } = await known();
  const path = { article_id: article.id };
  const listed = await ok(api.GET("/v1/articles/{article_id}/quotes", { params: { path } }));
  assert.equal(listed.offset_unit, "codepoint");
  const [span] = listed.results.flatMap(({ content }) => content);
  assert.ok(span);
  assert.notEqual(text.slice(span.start, span.end), span.text);
  assert.equal([...text].slice(span.start, span.end).join(""), span.text);
});

test("the highlighted pieces are the text, and those of a quote its words", async () => {
  const { quotes, text } = await known();
  const pieces = highlighted(text, quotes);
  assert.equal(pieces.map((piece) => piece.text).join(""), text);
  for (const { id, content } of quotes) {
    const words = pieces.filter((piece) => piece.quotes.includes(id)).map((piece) => piece.text);
    assert.equal(words.join(""), content.map((span) => span.text).join(""));
  }
  assert.ok(pieces.some((piece) => piece.quotes.length === 0));
  assert.ok(pieces.some((piece) => piece.quotes.length === 2), "a quote in a quote");
  assert.ok(pieces.every((piece) => piece.text.isWellFormed()), "an emoji is cut in two");
});

test("a search tells where its words stand in each quote", async () => {
  const query = { q: 'nobody "stops us"', offsets: "utf16" } satisfies Query<"list_quotes">;
  const found = await ok(api.GET("/v1/quotes", { params: { query } }));
  assert.equal(found.offset_unit, "utf16");
  const [quote] = found.results;
  assert.ok(quote?.matches && found.results.length === 1);
  assert.deepEqual(
    quote.matches.map((match) => match.text),
    ["nobody", "stops us"],
  );
  assert.equal(checked(quote.text, quote.matches), 2);
});

test("a search tells where its words stand in an article's title and text", async () => {
  const { text } = await known();
  const query = { q: "monday", offsets: "utf16" } satisfies Query<"list_articles">;
  const { results } = await ok(api.GET("/v1/articles", { params: { query } }));
  const [found] = results;
  assert.ok(found?.title && found.matches?.snippet && results.length === 1);
  const { title, snippet } = found.matches;
  assert.ok(title.length > 0 && snippet.matches.length > 0);
  assert.equal(checked(found.title, title), title.length);
  assert.equal(checked(snippet.text, snippet.matches), snippet.matches.length);
  const { start } = snippet;
  assert.equal(text.slice(start, start + snippet.text.length), snippet.text);
});

test("names are suggested as they are typed, a slip forgiven", async () => {
  for (const [typed, is_fuzzy] of [["mir", false], ["kov", false], ["mira koz", true]] as const) {
    const query = { q: typed } satisfies Query<"suggest_entities">;
    const { results } = await ok(api.GET("/v1/entities/suggest", { params: { query } }));
    const mira = results.find(({ name }) => name === "Mira Kovalenko");
    assert.ok(mira, typed);
    assert.equal(mira.kind, "person");
    assert.equal(mira.is_fuzzy, is_fuzzy, typed);
    assert.ok(mira.counts.quotes > 0);
  }
});

test("what is not changed is not sent again", async () => {
  const first = await api.GET("/v1/quotes");
  const etag = first.response.headers.get("ETag");
  assert.ok(etag);
  const again = await api.GET("/v1/quotes", { headers: { "If-None-Match": etag } });
  assert.equal(again.response.status, 304);
  const other = await api.GET("/v1/quotes", { headers: { "If-None-Match": '"other"' } });
  assert.deepEqual(other.data, first.data);
});

test("a problem says which parameter is wrong and what is meant", async () => {
  // As a program without types would ask; misuse.ts shows that the types refuse it.
  const query = { limit: 1, speakr: ["e_1"] };
  const refused = await refusal(() => ok(api.GET("/v1/quotes", { params: { query } })));
  assert.equal(refused.code, "unknown-parameter");
  assert.equal(refused.problem.status, 422);
  assert.match(refused.message, /did you mean 'speaker'/);
  assert.deepEqual(
    refused.problem.errors.map(({ pointer }) => pointer),
    ["/query/speakr"],
  );
});

test("a problem is the same everywhere", async () => {
  const path = { quote_id: "q_nowhere" };
  const missing = await refusal(() => ok(api.GET("/v1/quotes/{quote_id}", { params: { path } })));
  assert.equal(missing.code, "not-found");
  assert.equal(missing.problem.status, 404);
  assert.equal(missing.retryAfter, null);
  const listed = await ok(api.GET("/problems"));
  assert.ok(listed.results.some(({ code }) => code === missing.code));
  const { error, response } = await api.GET("/v1/quotes", {
    params: { query: { cursor: "forged" } },
  });
  assert.equal(response.headers.get("Content-Type"), "application/problem+json");
  assert.equal(error?.status, response.status);
});

test("a quote is corrected by whoever read it last, and the correction undone", async () => {
  const { quotes } = await known();
  const { results } = await ok(
    api.GET("/v1/entities/suggest", { params: { query: { q: "tomas quill" } } }),
  );
  const [tomas] = results;
  const quote = quotes.find(({ speaker }) => speaker.name === "Mira Kovalenko");
  assert.ok(tomas && quote);
  const path = { quote_id: quote.id };
  const read = () => api.GET("/v1/quotes/{quote_id}", { params: { path } });
  const before = await read();
  const etag = before.response.headers.get("ETag");
  assert.ok(before.data && etag);

  const made = await correctSpeaker(api, { id: quote.id, etag }, tomas.id, "Heard on the tape");
  assert.equal(made.kind, "speaker");
  assert.equal(made.target, quote.id);
  const after = await ok(read());
  assert.equal(after.speaker.id, tomas.id);
  assert.equal(after.provenance.corrected, true);
  assert.equal(after.evidence.extracted_speaker?.name, "Mira Kovalenko");

  const stale = await refusal(() =>
    correctSpeaker(api, { id: quote.id, etag }, tomas.id, "Not seen yet"),
  );
  assert.equal(stale.code, "precondition-failed");
  assert.equal(stale.problem.status, 412);

  const undone = await ok(
    api.POST("/v1/corrections/{correction_id}/undo", {
      params: { path: { correction_id: made.id } },
      body: { reason: "The tape was another one" },
    }),
  );
  assert.equal(undone.kind, "undo");
  assert.deepEqual((await ok(read())).speaker, before.data.speaker);
});

test("a correction without `If-Match` is refused", async () => {
  const { quotes } = await known();
  const [quote] = quotes;
  assert.ok(quote);
  const refused = await refusal(() =>
    ok(
      api.PATCH("/v1/quotes/{quote_id}", {
        // The types want the header.
        params: { path: { quote_id: quote.id } } as never,
        body: { rejected: true },
      }),
    ),
  );
  assert.equal(refused.code, "precondition-required");
});

test("a page of another origin may ask: the preflights of reading and of correcting", async () => {
  const asked: [string, string, string][] = [
    ["/v1/quotes", "GET", "authorization, if-none-match"],
    ["/v1/quotes/q_1", "PATCH", "authorization, content-type, if-match"],
    ["/v1/articles", "POST", "content-type"],
  ];
  for (const [path, method, headers] of asked) {
    const response = await fetch(new URL(path, ADDRESS), {
      method: "OPTIONS",
      headers: {
        Origin: ORIGIN,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": headers,
      },
    });
    assert.equal(response.status, 200, await response.text());
    assert.equal(response.headers.get("Access-Control-Allow-Origin"), ORIGIN);
    const methods = response.headers.get("Access-Control-Allow-Methods") ?? "";
    assert.ok(methods.split(", ").includes(method), methods);
    const allowed = (response.headers.get("Access-Control-Allow-Headers") ?? "").toLowerCase();
    for (const name of headers.split(", ")) assert.ok(allowed.split(", ").includes(name), name);
  }
});

test("a page of an origin that the server does not know is refused, as a problem", async () => {
  const headers = { Origin: "https://other.example", "Access-Control-Request-Method": "GET" };
  const response = await fetch(new URL("/v1/quotes", ADDRESS), { method: "OPTIONS", headers });
  assert.equal(response.status, 400);
  const problem = (await response.json()) as Schemas["Problem"];
  assert.match(problem.type, /preflight-refused$/);
  const plain = await api.GET("/v1/quotes", { headers: { Origin: "https://other.example" } });
  assert.deepEqual(readable(plain.response, "https://other.example"), []);
});

test("a page of another origin may read the headers that matter", async () => {
  const headers = { Origin: ORIGIN };
  const listed = await api.GET("/v1/quotes", { params: { query: { limit: 1 } }, headers });
  assert.ok(listed.data);
  const open = readable(listed.response, ORIGIN);
  for (const name of ["etag", "link", "x-request-id"]) assert.ok(open.includes(name), name);

  const stored = await api.POST("/v1/articles", {
    headers,
    body: { text: "Pier 99 “will open 🚢,” says nobody.", url: "https://news.example/front-end" },
  });
  assert.equal(stored.response.status, 201, JSON.stringify(stored.error));
  assert.ok(readable(stored.response, ORIGIN).includes("location"));
  const location = stored.response.headers.get("Location");
  assert.equal(location, `${ADDRESS}/v1/articles/${stored.data?.id}`);
});

test("who asks too often is told when to go on, in other origins' pages too", async () => {
  const limited = connect(LIMITED);
  const headers = { Origin: ORIGIN, "X-Forwarded-For": "203.0.113.7" };
  const once = () => limited.GET("/v1/quotes", { headers });
  await ok(once());
  await ok(once());
  const third = once();
  const refused = await refusal(() => ok(third));
  assert.equal(refused.code, "rate-limited");
  assert.equal(refused.problem.status, 429);
  assert.ok(refused.retryAfter !== null && refused.retryAfter > 0, String(refused.retryAfter));
  assert.ok(readable((await third).response, ORIGIN).includes("retry-after"));
});
