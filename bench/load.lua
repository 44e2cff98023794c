-- Requests for wrk, made from a template, each with its own id and its own unique words.
--
-- Arguments: method, path, body, records in a batch (0 for a body that is no list), a file of ids (one a
-- line, "-" for none), the token, a word that no other run has, and further headers ("Name: value").  In path and body, {id} becomes the next
-- id of the file and {unique} a word that was never sent before.

local method, path, body, batch, word
local headers, ids, sent, made = {}, {}, 0, 0

function init(arguments)
  method, path, body = arguments[1], arguments[2], arguments[3]
  batch, word = tonumber(arguments[4]), arguments[7]
  headers["Authorization"] = "Bearer " .. arguments[6]
  if body ~= "" then
    headers["Content-Type"] = "application/json"
  end
  for at = 8, #arguments do
    local name, value = arguments[at]:match("^(.-): (.*)$")
    headers[name] = value
  end
  if arguments[5] ~= "-" then
    for id in io.lines(arguments[5]) do
      ids[#ids + 1] = id
    end
  end
end

local function filled(text)
  text = text:gsub("{id}", function()
    return ids[sent % #ids + 1]
  end)
  return (text:gsub("{unique}", function()
    made = made + 1
    return word .. made
  end))
end

function request()
  sent = sent + 1
  local content
  if batch > 0 then
    local records = {}
    for at = 1, batch do
      records[at] = filled(body)
    end
    content = "[" .. table.concat(records, ",") .. "]"
  elseif body ~= "" then
    content = filled(body)
  end
  return wrk.format(method, filled(path), headers, content)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"bytes":%d,"refused":%d,"broken":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
