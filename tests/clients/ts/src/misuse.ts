/**
 * Mistakes that the generated types catch. Never run: where one of them is not caught,
 * `@ts-expect-error` is itself an error and the check fails.
 */

import type { Client } from "openapi-fetch";
import type { paths } from "./api.js";
import { ok } from "./onrecord.js";
import type { Query, Schemas } from "./onrecord.js";

export async function mistakes(api: Client<paths>): Promise<unknown[]> {
  const listed = await ok(api.GET("/v1/quotes", { params: { query: { limit: 1 } } }));
  const [quote] = listed.results;
  if (quote === undefined) return [];
  return [
    // A parameter that there is not.
    // @ts-expect-error
    await api.GET("/v1/quotes", { params: { query: { speakr: ["e_1"] } } }),
    // A filter takes several values.
    // @ts-expect-error
    await api.GET("/v1/quotes", { params: { query: { speaker: "e_1" } } }),
    // A word that is none of the choices.
    // @ts-expect-error
    await api.GET("/v1/quotes", { params: { query: { kind: ["straight"] } } }),
    // @ts-expect-error
    await api.GET("/v1/quotes", { params: { query: { offsets: "utf-16" } } }),
    // A path, a method and a path's parameter that there are not.
    // @ts-expect-error
    await api.GET("/v1/quote"),
    // @ts-expect-error
    await api.DELETE("/v1/quotes/{quote_id}", { params: { path: { quote_id: quote.id } } }),
    // @ts-expect-error
    await api.GET("/v1/quotes/{quote_id}", { params: { path: { id: quote.id } } }),
    // @ts-expect-error
    await api.GET("/v1/quotes/{quote_id}"),
    // Nobody corrects what they have not read.
    await api.PATCH("/v1/quotes/{quote_id}", {
      // @ts-expect-error
      params: { path: { quote_id: quote.id } },
      body: { rejected: true },
    }),
    // A body's field that lacks, and one of the wrong type.
    await api.PATCH("/v1/entities/{entity_id}", {
      params: { path: { entity_id: "e_1" }, header: { "If-Match": "*" } },
      // @ts-expect-error
      body: { nam: "Mira Kovalenko" },
    }),
    await api.PATCH("/v1/quotes/{quote_id}", {
      params: { path: { quote_id: quote.id }, header: { "If-Match": "*" } },
      // @ts-expect-error
      body: { rejected: "yes" },
    }),
    // Beside a right name openapi-fetch lets a wrong one pass; `satisfies` does not.
    // @ts-expect-error
    { limit: 1, speakr: ["e_1"] } satisfies Query<"list_quotes">,
    // @ts-expect-error
    { speaker: "e_1", raeson: "Checked" } satisfies Schemas["QuoteCorrection"],
    // A misspelt field of an answer, and one that may be null.
    // @ts-expect-error
    quote.speakr,
    // @ts-expect-error
    quote.article.title.length,
    // @ts-expect-error
    quote.confidence.toFixed(2),
    // A list's quote has no spans; the item has.
    // @ts-expect-error
    quote.content,
    // @ts-expect-error
    quote.polarity === "doubted",
    // A problem is no list.
    // @ts-expect-error
    (await api.GET("/v1/quotes")).error?.results,
  ];
}
