// A resident's story told with a client made from the API's description: node built/story.js URL.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Refusal = components["schemas"]["Refusal"];

const baseUrl = process.argv[2];
assert.ok(baseUrl, "story.js needs the address of a house");
const client = createClient<paths>({ baseUrl });

function answered<T>(result: { data?: T; error?: unknown }): T {
  assert.equal(result.error, undefined);
  assert.ok(result.data);
  return result.data;
}

// Who types two letters of 二甲双胍 finds it.
const drugs = answered(await client.GET("/api/v1/drugs", { params: { query: { q: "ejsg" } } }));
const drug = drugs.items.find((one) => one.in_force);
assert.ok(drug);
assert.equal(drug.matched_by.code, "initials");

// Every offer near, page after page: none twice, none left out, the nearest first.
const near = { drug: drug.code, lat: 41.796, lon: 123.455, page_size: 20 };
const seen: string[] = [];
let metres = 0;
let sunk = false;
let cursor: string | null = "";
let page = answered(await client.GET("/api/v1/offers", { params: { query: near } }));
for (;;) {
  for (const offer of page.items) {
    seen.push(offer.outlet.code);
    const away: number | null = offer.distance_m;
    // What is believed no more stands behind, the nearest of it first again.
    if (offer.confidence.price.level === "poor" && !sunk) {
      sunk = true;
      metres = 0;
    }
    assert.ok(!sunk || offer.confidence.price.level === "poor");
    assert.ok(away === null || away >= metres);
    metres = away ?? metres;
  }
  cursor = page.next;
  if (cursor === null) break;
  page = answered(await client.GET("/api/v1/offers", { params: { query: { ...near, cursor } } }));
  assert.equal(page.page, null);
}
assert.equal(seen.length, page.total);
assert.equal(new Set(seen).size, page.total);

// The verdict cites its clause; the outlet tells the same price.
const [first] = answered(await client.GET("/api/v1/offers", { params: { query: near } })).items;
assert.ok(first);
assert.ok(first.verdict.citation.length > 0);
assert.ok(["compliant", "off_winning", "in_band", "above_band", "clearly_high", "undetermined",
  "not_applicable"].includes(first.verdict.code));
const outlet = answered(await client.GET("/api/v1/outlets/{code}", {
  params: { path: { code: first.outlet.code }, query: { q: drug.generic_name, page_size: 100 } },
}));
const same = outlet.items.find((one) => one.offer === first.offer);
assert.equal(same?.price_fen, first.price_fen);

// What the second edition of the outlets changed.
const changes = answered(await client.GET("/api/v1/lists/{kind}/{number}/changes", {
  params: { path: { kind: "outlets", number: 2 } },
}));
assert.equal(changes.list, "outlets");
assert.ok(changes.added.length + changes.removed.length + changes.changed.length > 0);

// Refusals are data.
const missing = await client.GET("/api/v1/drugs/{code}", { params: { path: { code: "NONE" } } });
assert.equal(missing.response.status, 404);
const refusal: Refusal | undefined = missing.error;
assert.equal(refusal?.code, "not_found");
const wrong = await client.GET("/api/v1/offers", { params: { query: { drug: "Y", page: 0 } } });
assert.equal(wrong.response.status, 422);
assert.ok(wrong.error && "page" in wrong.error.errors);

// What one has already is not sent again.
const fresh = await client.GET("/api/v1/suggest", { params: { query: { q: "ej" } } });
const mark = fresh.response.headers.get("ETag");
assert.ok(mark);
const again = await client.GET("/api/v1/suggest", {
  params: { query: { q: "ej" }, header: { "If-None-Match": mark } },
});
assert.equal(again.response.status, 304);

console.log(`${seen.length} offers, ${first.verdict.label}`);
