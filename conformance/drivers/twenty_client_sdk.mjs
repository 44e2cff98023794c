// Runs beside twenty-client-sdk: its calls, a line of JSON for each.
// node twenty_client_sdk.mjs FOLDER URL, with FOLDER/node_modules and the key in TOKEN
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, url] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const { RestApiClient } = require("twenty-client-sdk/rest");
const { MetadataApiClient } = require("twenty-client-sdk/metadata");
const client = new RestApiClient({ baseUrl: `${url}/rest`, token: process.env.TOKEN });

async function attempt(call, ask) {
  let answer = null, error = null;
  try { answer = await ask(); } catch (failed) { error = `${failed.name}: ${failed.message} ${JSON.stringify(failed.body ?? null)}`; }
  console.log(JSON.stringify({ call, error }));
  return answer;
}

const one = await attempt("post companies", () => client.post("/companies", { name: "Analytical Engines" }));
const id = one?.data.createCompany.id;
const made = await attempt("post batch/people", () => client.post("/batch/people", [{ jobTitle: "Analyst" }, { jobTitle: "Writer" }]));
const ids = (made?.data.createPeople ?? []).map((each) => each.id);
const among = { filter: `id[in]:[${ids}]` };
await attempt("get companies, by page", () => client.get("/companies", { query: { limit: 1, order_by: "name[AscNullsLast]", depth: 1 } }));
await attempt("get companies, by id", () => client.get(`/companies/${id}`, { query: { depth: 1 } }));
await attempt("patch companies", () => client.patch(`/companies/${id}`, { name: "Difference Engines" }));
await attempt("put companies", () => client.put(`/companies/${id}`, { name: "Difference Engines" }));
await attempt("post companies/duplicates", () => client.post("/companies/duplicates", { ids: [id] }));
await attempt("delete companies", () => client.delete(`/companies/${id}`, { query: { soft_delete: true } }));
await attempt("patch restore/companies", () => client.patch("/restore/companies", {}, { query: { filter: `id[eq]:${id}` } }));
await attempt("patch people", () => client.patch("/people", { jobTitle: "Reader" }, { query: among }));
await attempt("get people/groupBy", () => client.get("/people/groupBy", { query: { group_by: '[{"jobTitle":true}]' } }));
await attempt("patch people/merge", () => client.patch("/people/merge", { ids, conflictPriorityIndex: 0 }));
await attempt("delete people", () => client.delete("/people", { query: among }));
await attempt("get metadata/objects", () => client.get("/metadata/objects", { query: { limit: 100 } }));
await attempt("get open-api/core", () => client.get("/open-api/core"));
const metadata = new MetadataApiClient({ url: `${url}/metadata`, headers: { Authorization: `Bearer ${process.env.TOKEN}` } });
await attempt("MetadataApiClient.query", () => metadata.query({ currentWorkspace: { id: true } }));
