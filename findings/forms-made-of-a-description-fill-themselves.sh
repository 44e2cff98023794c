#!/usr/bin/env bash
# What the generator that makes n8n forms from an OpenAPI description puts into fields that nobody has filled in.
#
# Version: @devlikeapro/n8n-openapi-node 0.1.4.
# Input: an update (PATCH) whose body has a choice (two values, not required, no default), a list of choices, a number
#        and, as OpenAPI 3.1 writes it, a text that may be null (type: [string, "null"]). None of them is required.
# Expected: nothing is sent of what was left alone: optional fields, or empty defaults that are left out.
# Seen: every one is a field that is always part of the body. The choice starts at its first value, so that an update
#       of something else moves each record there; the list starts as [null]; the number as 0; and the text that may
#       be null comes out as a field without a type, which a form cannot draw.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit @devlikeapro/n8n-openapi-node@0.1.4 > npm.log 2>&1

cat > form.cjs << 'JAVASCRIPT'
const { N8NPropertiesBuilder } = require("@devlikeapro/n8n-openapi-node");
const properties = {
  stage: { type: "string", enum: ["NEW", "WON"] },
  labels: { type: "array", items: { type: "string", enum: ["A", "B"] } },
  employees: { type: "number" },
  remark: { type: ["string", "null"] },
};
const operation = {
  tags: ["deals"], operationId: "updateDeal", summary: "Update a deal",
  requestBody: { content: { "application/json": { schema: { type: "object", properties } } } },
  responses: { 200: { description: "changed" } },
};
const description = {
  openapi: "3.1.0", info: { title: "deals", version: "1" }, tags: [{ name: "deals" }],
  paths: { "/deals": { patch: operation } },
};
for (const field of new N8NPropertiesBuilder(description).build())
  if (field.name in properties)
    console.log(field.name, field.type, JSON.stringify(field.default), field.routing.send.type);
JAVASCRIPT

fields="$(NODE_OPTIONS= node form.cjs)"
printf 'field, type, default, sent as\n%s\n' "$fields"
[ "$fields" = $'stage options "NEW" body\nlabels json "[\\n  null\\n]" body\nemployees number 0 body\nremark undefined undefined body' ] || exit 1
