/** What a front end needs beside the generated types (`api.d.ts`): some sixty lines of its own. */

import createClient from "openapi-fetch";
import type { Client } from "openapi-fetch";
import type { components, operations, paths } from "./api.js";

// docs: connect
export type Schemas = components["schemas"];
/** The query parameters of an operation, e.g. `Query<"list_quotes">`. */
export type Query<O extends keyof operations> = NonNullable<operations[O]["parameters"]["query"]>;

/** A client of a server, typed by its paths; `key` where the server wants one. */
export function connect(baseUrl: string, key?: string): Client<paths> {
  const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  return createClient<paths>({ baseUrl, headers });
}
// docs: end

// docs: problems
/** An answer that is none. Its message says what to do; show it. */
export class Refused extends Error {
  readonly problem: Schemas["Problem"];
  /** Seconds after which to try again, where the server says so (429, 503). */
  readonly retryAfter: number | null;

  constructor(problem: Schemas["Problem"], response: Response) {
    super(problem.detail);
    const seconds = response.headers.get("Retry-After");
    this.problem = problem;
    this.retryAfter = seconds === null ? null : Number(seconds);
  }

  /** The kind of problem, e.g. `not-found`; the server lists all at `/problems`. */
  get code(): string {
    return this.problem.type.slice(this.problem.type.lastIndexOf("/") + 1);
  }
}

type Answer<T> =
  | { data: T; error?: never; response: Response }
  | { data?: never; error: Schemas["Problem"]; response: Response };

/** The data of a call. Throws `Refused` where it is a problem. */
export async function ok<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (error !== undefined) throw new Refused(error, response);
  return data as T;
}
// docs: end

// docs: pages
/** All pages of a list from its first one on: each `next` is followed as it stands. */
export async function* pages<P extends { next: string | null }>(
  first: P,
  init?: RequestInit,
): AsyncGenerator<P> {
  yield first;
  for (let { next } = first; next !== null; ) {
    const response = await fetch(next, init);
    const body: unknown = await response.json();
    if (!response.ok) throw new Refused(body as Schemas["Problem"], response);
    const page = body as P;
    yield page;
    next = page.next;
  }
}
// docs: end

// docs: highlight
/** A stretch of text with the ids of the quotes that cover it; a quote may stand in another. */
export type Piece = { text: string; quotes: string[] };

/** The text in pieces to render, each in its own element. Ask for quotes with `offsets=utf16`. */
export function highlighted(text: string, quotes: Schemas["ArticleQuote"][]): Piece[] {
  const marks = quotes.flatMap(({ id, content }) => content.map((span) => ({ id, ...span })));
  const bounds = new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])]);
  const sorted = [...bounds].sort((a, b) => a - b);
  return sorted.slice(1).map((end, i) => {
    const start = sorted[i] as number;
    const covering = marks.filter((mark) => mark.start <= start && end <= mark.end);
    return { text: text.slice(start, end), quotes: covering.map(({ id }) => id) };
  });
}
// docs: end

// docs: article
/** The article at an address, with all its quotes; null where it is not on record. */
export async function articleAt(api: Client<paths>, url: string, pageSize = 50) {
  const asked = { url: [url], limit: 1 } satisfies Query<"list_articles">;
  const [found] = (await ok(api.GET("/v1/articles", { params: { query: asked } }))).results;
  if (found === undefined) return null;
  const path = { article_id: found.id };
  const whole = { offsets: "utf16" } satisfies Query<"get_article">;
  const paged = { offsets: "utf16", limit: pageSize } satisfies Query<"list_article_quotes">;
  const [article, first] = await Promise.all([
    ok(api.GET("/v1/articles/{article_id}", { params: { path, query: whole } })),
    ok(api.GET("/v1/articles/{article_id}/quotes", { params: { path, query: paged } })),
  ]);
  const quotes: Schemas["ArticleQuote"][] = [];
  for await (const page of pages(first)) quotes.push(...page.results);
  return { article, quotes };
}
// docs: end

// docs: correct
/** Say who speaks a quote. Throws `Refused` (412) where it has changed since it was read. */
export async function correctSpeaker(
  api: Client<paths>,
  quote: { id: string; etag: string },
  speaker: string,
  reason: string,
): Promise<Schemas["Correction"]> {
  return ok(
    api.PATCH("/v1/quotes/{quote_id}", {
      params: { path: { quote_id: quote.id }, header: { "If-Match": quote.etag } },
      body: { speaker, reason },
    }),
  );
}
// docs: end
