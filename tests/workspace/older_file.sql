CREATE TABLE icosa_schema (
  name TEXT PRIMARY KEY, fingerprint TEXT NOT NULL
) STRICT;
INSERT INTO "icosa_schema" ("name", "fingerprint") VALUES ('icosa_schema', '52b1b05a81a808cd680bb39f256cca66e36c6a958e882374f7f5a1d8d84eb129');
INSERT INTO "icosa_schema" ("name", "fingerprint") VALUES ('maker', 'bdd94bd7ba1b580ffe0cc982309b2a7903f5a1556b67355dfc7160bd33fc7377');
INSERT INTO "icosa_schema" ("name", "fingerprint") VALUES ('widget', 'a513114fc76f26b231a42b3d88f24451b46b387675a5865b42b085498b8b570f');
INSERT INTO "icosa_schema" ("name", "fingerprint") VALUES ('icosa_api_key', 'c044a8a555ae932bc9d73eb3806ead9773ff83b91ba594ec684495cf47a248b9');
INSERT INTO "icosa_schema" ("name", "fingerprint") VALUES ('icosa_webhook', 'bf501f9756806cb25c0482c7d0b240b4552d1064cc32a0fda527e4fcb4beeb80');
INSERT INTO "icosa_schema" ("name", "fingerprint") VALUES ('icosa_catalogue', 'd894b6607476f57917ef3b69adc8ffec11bdf369354467c4c9ae684a02ac7f1a');
CREATE TABLE icosa_catalogue (
  objects TEXT NOT NULL
) STRICT;
INSERT INTO "icosa_catalogue" ("objects") VALUES ('{"objects":[{"singular":"maker","plural":"makers","description":"Who makes things.","members":[{"name":"name","type":"TEXT","description":"Its name."}]},{"singular":"widget","plural":"widgets","description":"A thing.","members":[{"name":"name","type":"TEXT","description":"Its name."},{"name":"blob","type":"RAW_JSON","description":"Anything.","nullable":true},{"name":"count","type":"NUMBER","description":"How many.","nullable":true},{"name":"maker","target":"maker","inverse":"widgets","description":"Who makes it."}]}]}');
CREATE TABLE icosa_tally (
  object TEXT PRIMARY KEY, live INTEGER NOT NULL DEFAULT 0, first REAL, last REAL
) STRICT, WITHOUT ROWID;
INSERT INTO "icosa_tally" ("object", "live", "first", "last") VALUES ('icosa_api_key', 0, NULL, NULL);
INSERT INTO "icosa_tally" ("object", "live", "first", "last") VALUES ('icosa_webhook', 0, NULL, NULL);
INSERT INTO "icosa_tally" ("object", "live", "first", "last") VALUES ('maker', 1, NULL, NULL);
INSERT INTO "icosa_tally" ("object", "live", "first", "last") VALUES ('widget', 4, NULL, NULL);
CREATE TABLE icosa_key (
  hash TEXT PRIMARY KEY, api_key_id TEXT NOT NULL, may_write INTEGER NOT NULL DEFAULT 1, last_used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE icosa_session (
  hash TEXT PRIMARY KEY, api_key_id TEXT, created_at TEXT NOT NULL, last_used_at TEXT NOT NULL, agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE icosa_code (
  hash TEXT PRIMARY KEY, expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE icosa_sealing (
  one INTEGER PRIMARY KEY CHECK (one = 1), marker TEXT NOT NULL
) STRICT;
CREATE TABLE icosa_metadata (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, notes TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE icosa_outbox (
  sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, object TEXT NOT NULL, action TEXT NOT NULL,
  actor TEXT NOT NULL, updated_fields TEXT, records TEXT NOT NULL, ids TEXT
) STRICT;
INSERT INTO "icosa_outbox" ("sequence", "at", "object", "action", "actor", "updated_fields", "records", "ids") VALUES (1, '2026-11-28T13:57:18.522Z', 'maker', 'created', '{"source":"API","workspaceMemberId":null,"name":"Icosa","context":{}}', NULL, '[{"before":null,"after":{"id":"01a22272-303a-423c-999f-398eae62ae4f","name":"Acme","createdAt":"2026-11-28T13:57:18.522Z","updatedAt":"2026-11-28T13:57:18.522Z","deletedAt":null}}]', '["01a22272-303a-423c-999f-398eae62ae4f"]');
INSERT INTO "icosa_outbox" ("sequence", "at", "object", "action", "actor", "updated_fields", "records", "ids") VALUES (2, '2026-11-28T13:57:18.528Z', 'maker', 'created', '{"source":"API","workspaceMemberId":null,"name":"Icosa","context":{}}', NULL, '[{"before":null,"after":{"id":"01a22272-3040-4250-809a-5de6496ea2a5"}}]', '["01a22272-3040-4250-809a-5de6496ea2a5"]');
INSERT INTO "icosa_outbox" ("sequence", "at", "object", "action", "actor", "updated_fields", "records", "ids") VALUES (3, '2026-11-28T13:57:18.528Z', 'widget', 'created', '{"source":"API","workspaceMemberId":null,"name":"Icosa","context":{}}', NULL, '[{"before":null,"after":{"id":"01a22272-3041-40b3-9d73-1ace9e1d117f","name":"Widget 0","blob":null,"count":0,"makerId":"01a22272-303a-423c-999f-398eae62ae4f","createdAt":"2026-11-28T13:57:18.528Z","updatedAt":"2026-11-28T13:57:18.528Z","deletedAt":null}}]', '["01a22272-3041-40b3-9d73-1ace9e1d117f"]');
INSERT INTO "icosa_outbox" ("sequence", "at", "object", "action", "actor", "updated_fields", "records", "ids") VALUES (4, '2026-11-28T13:57:18.543Z', 'widget', 'created', '{"source":"API","workspaceMemberId":null,"name":"Icosa","context":{}}', NULL, '[{"before":null,"after":{"id":"01a22272-304f-42fd-ae78-96a702cb5fec","name":"Widget 1","blob":{"at":[1,"é"]},"count":1.5,"makerId":"01a22272-3040-4250-809a-5de6496ea2a5","createdAt":"2026-11-28T13:57:18.543Z","updatedAt":"2026-11-28T13:57:18.543Z","deletedAt":null}}]', '["01a22272-304f-42fd-ae78-96a702cb5fec"]');
INSERT INTO "icosa_outbox" ("sequence", "at", "object", "action", "actor", "updated_fields", "records", "ids") VALUES (5, '2026-11-28T13:57:18.544Z', 'widget', 'created', '{"source":"API","workspaceMemberId":null,"name":"Icosa","context":{}}', NULL, '[{"before":null,"after":{"id":"01a22272-3050-4019-8056-5d63e7c28988","name":"Widget 2","blob":null,"count":3,"makerId":"01a22272-303a-423c-999f-398eae62ae4f","createdAt":"2026-11-28T13:57:18.544Z","updatedAt":"2026-11-28T13:57:18.544Z","deletedAt":null}}]', '["01a22272-3050-4019-8056-5d63e7c28988"]');
INSERT INTO "icosa_outbox" ("sequence", "at", "object", "action", "actor", "updated_fields", "records", "ids") VALUES (6, '2026-11-28T13:57:18.545Z', 'widget', 'created', '{"source":"API","workspaceMemberId":null,"name":"Icosa","context":{}}', NULL, '[{"before":null,"after":{"id":"01a22272-3051-4199-88ac-3c8d6d72e5b3","name":"Widget 3","blob":{"at":[3,"é"]},"count":4.5,"makerId":"01a22272-3040-4250-809a-5de6496ea2a5","createdAt":"2026-11-28T13:57:18.545Z","updatedAt":"2026-11-28T13:57:18.545Z","deletedAt":null}}]', '["01a22272-3051-4199-88ac-3c8d6d72e5b3"]');
INSERT INTO "icosa_outbox" ("sequence", "at", "object", "action", "actor", "updated_fields", "records", "ids") VALUES (7, '2026-11-28T13:57:18.546Z', 'widget', 'created', '{"source":"API","workspaceMemberId":null,"name":"Icosa","context":{}}', NULL, '[{"before":null,"after":{"id":"01a22272-3052-42a1-88b3-08714f788e05","name":"Widget 4","blob":null,"count":6,"makerId":"01a22272-303a-423c-999f-398eae62ae4f","createdAt":"2026-11-28T13:57:18.546Z","updatedAt":"2026-11-28T13:57:18.546Z","deletedAt":null}}]', '["01a22272-3052-42a1-88b3-08714f788e05"]');
INSERT INTO "icosa_outbox" ("sequence", "at", "object", "action", "actor", "updated_fields", "records", "ids") VALUES (8, '2026-11-28T13:57:18.546Z', 'widget', 'deleted', '{"source":"API","workspaceMemberId":null,"name":"Icosa","context":{}}', NULL, '[{"before":{"id":"01a22272-3052-42a1-88b3-08714f788e05","name":"Widget 4","blob":null,"count":6,"makerId":"01a22272-303a-423c-999f-398eae62ae4f","createdAt":"2026-11-28T13:57:18.546Z","updatedAt":"2026-11-28T13:57:18.546Z","deletedAt":"2026-11-28T13:57:18.546Z"},"after":{"id":"01a22272-3052-42a1-88b3-08714f788e05","name":"Widget 4","blob":null,"count":6,"makerId":"01a22272-303a-423c-999f-398eae62ae4f","createdAt":"2026-11-28T13:57:18.546Z","updatedAt":"2026-11-28T13:57:18.546Z","deletedAt":"2026-11-28T13:57:18.546Z"}}]', '["01a22272-3052-42a1-88b3-08714f788e05"]');
INSERT INTO "icosa_outbox" ("sequence", "at", "object", "action", "actor", "updated_fields", "records", "ids") VALUES (9, '2026-11-28T13:57:18.547Z', 'maker', 'destroyed', '{"source":"API","workspaceMemberId":null,"name":"Icosa","context":{}}', NULL, '[{"before":{"id":"01a22272-3040-4250-809a-5de6496ea2a5"},"after":null}]', '["01a22272-3040-4250-809a-5de6496ea2a5"]');
CREATE TABLE icosa_outbox_record (
  id TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (id, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO "icosa_outbox_record" ("id", "sequence") VALUES ('01a22272-303a-423c-999f-398eae62ae4f', 1);
INSERT INTO "icosa_outbox_record" ("id", "sequence") VALUES ('01a22272-3040-4250-809a-5de6496ea2a5', 2);
INSERT INTO "icosa_outbox_record" ("id", "sequence") VALUES ('01a22272-3040-4250-809a-5de6496ea2a5', 9);
INSERT INTO "icosa_outbox_record" ("id", "sequence") VALUES ('01a22272-3041-40b3-9d73-1ace9e1d117f', 3);
INSERT INTO "icosa_outbox_record" ("id", "sequence") VALUES ('01a22272-304f-42fd-ae78-96a702cb5fec', 4);
INSERT INTO "icosa_outbox_record" ("id", "sequence") VALUES ('01a22272-3050-4019-8056-5d63e7c28988', 5);
INSERT INTO "icosa_outbox_record" ("id", "sequence") VALUES ('01a22272-3051-4199-88ac-3c8d6d72e5b3', 6);
INSERT INTO "icosa_outbox_record" ("id", "sequence") VALUES ('01a22272-3052-42a1-88b3-08714f788e05', 7);
INSERT INTO "icosa_outbox_record" ("id", "sequence") VALUES ('01a22272-3052-42a1-88b3-08714f788e05', 8);
CREATE TABLE icosa_unmerged (
  name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE "maker" (
  icosa_row INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "createdAt" TEXT NOT NULL,
  "updatedAt" TEXT NOT NULL,
  "deletedAt" TEXT,
  icosa_deleted_with TEXT,
  "name" TEXT NOT NULL,
  doc TEXT NOT NULL GENERATED ALWAYS AS (((('"id":'||'"'||"id"||'"')||(',"name":'||(json_quote("name")||',"createdAt":')))||(('"'||"createdAt"||'"'||(',"updatedAt":'||'"'||"updatedAt"||'"'))||(',"deletedAt":'||(coalesce('"'||"deletedAt"||'"','null')||'}'))))) STORED
) STRICT;
INSERT INTO "maker" ("icosa_row", "id", "createdAt", "updatedAt", "deletedAt", "icosa_deleted_with", "name") VALUES (1, '01a22272-303a-423c-999f-398eae62ae4f', '2026-11-28T13:57:18.522Z', '2026-11-28T13:57:18.522Z', NULL, NULL, 'Acme');
CREATE TABLE "widget" (
  icosa_row INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "createdAt" TEXT NOT NULL,
  "updatedAt" TEXT NOT NULL,
  "deletedAt" TEXT,
  icosa_deleted_with TEXT,
  "makerId" TEXT REFERENCES "maker"("id") ON DELETE SET NULL,
  "name" TEXT NOT NULL,
  "blob" TEXT,
  "count" ANY,
  doc TEXT NOT NULL GENERATED ALWAYS AS ((((('"id":'||'"'||"id"||'"')||(',"name":'||json_quote("name")))||((',"blob":'||coalesce("blob",'null'))||(',"count":'||CASE WHEN typeof("count")!='real' OR abs("count")>=1e15 THEN json_quote("count") WHEN CAST(printf('%!.15g',"count") AS REAL)="count" THEN printf('%!.15g',"count") WHEN printf('%!.26g',"count") GLOB '*[02468]5' AND CAST(substr(printf('%!.26g',"count"),1,length(printf('%!.26g',"count"))-1) AS REAL)="count" AND length(ltrim(replace(replace(printf('%!.26g',"count"),'.',''),'-',''),'0'))=17 THEN substr(printf('%!.26g',"count"),1,length(printf('%!.26g',"count"))-1) WHEN CAST(printf('%!.16g',"count") AS REAL)="count" THEN printf('%!.16g',"count") WHEN printf('%!.26g',"count") GLOB '*[02468]5' AND CAST(substr(printf('%!.26g',"count"),1,length(printf('%!.26g',"count"))-1) AS REAL)="count" AND length(ltrim(replace(replace(printf('%!.26g',"count"),'.',''),'-',''),'0'))=18 THEN substr(printf('%!.26g',"count"),1,length(printf('%!.26g',"count"))-1) ELSE json_quote("count") END)))||(((',"makerId":'||coalesce('"'||"makerId"||'"','null'))||(',"createdAt":'||'"'||"createdAt"||'"'))||((',"updatedAt":'||'"'||"updatedAt"||'"')||(',"deletedAt":'||(coalesce('"'||"deletedAt"||'"','null')||'}')))))) STORED
) STRICT;
INSERT INTO "widget" ("icosa_row", "id", "createdAt", "updatedAt", "deletedAt", "icosa_deleted_with", "makerId", "name", "blob", "count") VALUES (1, '01a22272-3041-40b3-9d73-1ace9e1d117f', '2026-11-28T13:57:18.528Z', '2026-11-28T13:57:18.528Z', NULL, NULL, '01a22272-303a-423c-999f-398eae62ae4f', 'Widget 0', NULL, 0);
INSERT INTO "widget" ("icosa_row", "id", "createdAt", "updatedAt", "deletedAt", "icosa_deleted_with", "makerId", "name", "blob", "count") VALUES (2, '01a22272-304f-42fd-ae78-96a702cb5fec', '2026-11-28T13:57:18.543Z', '2026-11-28T13:57:18.543Z', NULL, NULL, NULL, 'Widget 1', '{"at":[1,"é"]}', 1.5);
INSERT INTO "widget" ("icosa_row", "id", "createdAt", "updatedAt", "deletedAt", "icosa_deleted_with", "makerId", "name", "blob", "count") VALUES (3, '01a22272-3050-4019-8056-5d63e7c28988', '2026-11-28T13:57:18.544Z', '2026-11-28T13:57:18.544Z', NULL, NULL, '01a22272-303a-423c-999f-398eae62ae4f', 'Widget 2', NULL, 3);
INSERT INTO "widget" ("icosa_row", "id", "createdAt", "updatedAt", "deletedAt", "icosa_deleted_with", "makerId", "name", "blob", "count") VALUES (4, '01a22272-3051-4199-88ac-3c8d6d72e5b3', '2026-11-28T13:57:18.545Z', '2026-11-28T13:57:18.545Z', NULL, NULL, NULL, 'Widget 3', '{"at":[3,"é"]}', 4.5);
INSERT INTO "widget" ("icosa_row", "id", "createdAt", "updatedAt", "deletedAt", "icosa_deleted_with", "makerId", "name", "blob", "count") VALUES (5, '01a22272-3052-42a1-88b3-08714f788e05', '2026-11-28T13:57:18.546Z', '2026-11-28T13:57:18.546Z', '2026-11-28T13:57:18.546Z', NULL, '01a22272-303a-423c-999f-398eae62ae4f', 'Widget 4', NULL, 6);
CREATE TABLE "icosa_api_key" (
  icosa_row INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "createdAt" TEXT NOT NULL,
  "updatedAt" TEXT NOT NULL,
  "deletedAt" TEXT,
  icosa_deleted_with TEXT,
  "revokedAt" TEXT,
  "expiresAt" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  doc TEXT NOT NULL GENERATED ALWAYS AS (((('"id":'||('"'||"id"||'"'||',"revokedAt":'))||((coalesce('"'||"revokedAt"||'"','null')||',"expiresAt":')||('"'||"expiresAt"||'"'||',"name":')))||(((json_quote("name")||',"createdAt":')||('"'||"createdAt"||'"'||',"updatedAt":'))||(('"'||"updatedAt"||'"'||',"deletedAt":')||(coalesce('"'||"deletedAt"||'"','null')||'}'))))) STORED
) STRICT;
CREATE TABLE "icosa_webhook" (
  icosa_row INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "createdAt" TEXT NOT NULL,
  "updatedAt" TEXT NOT NULL,
  "deletedAt" TEXT,
  icosa_deleted_with TEXT,
  "targetUrl" TEXT NOT NULL,
  "description" TEXT,
  "secret" TEXT NOT NULL,
  "operations" TEXT NOT NULL,
  doc TEXT NOT NULL GENERATED ALWAYS AS ((((('"id":'||'"'||"id"||'"')||(',"targetUrl":'||json_quote("targetUrl")))||((',"description":'||json_quote("description"))||(',"secret":'||json_quote("secret"))))||(((',"operations":'||coalesce("operations",'null'))||(',"createdAt":'||'"'||"createdAt"||'"'))||((',"updatedAt":'||'"'||"updatedAt"||'"')||(',"deletedAt":'||(coalesce('"'||"deletedAt"||'"','null')||'}')))))) STORED
) STRICT;
CREATE TRIGGER icosa_outbox_told AFTER INSERT ON icosa_outbox BEGIN
  INSERT OR IGNORE INTO icosa_outbox_record SELECT value, NEW.sequence FROM json_each(NEW.ids); END;
CREATE TRIGGER icosa_outbox_told_by_older AFTER INSERT ON icosa_outbox WHEN NEW.ids IS NULL BEGIN
  UPDATE icosa_outbox SET ids = (
    SELECT json_group_array(coalesce(value ->> '$.after.id', value ->> '$.before.id')) FROM json_each(NEW.records)
  ) WHERE sequence = NEW.sequence;
  INSERT OR IGNORE INTO icosa_outbox_record
    SELECT value, sequence FROM icosa_outbox, json_each(ids) WHERE sequence = NEW.sequence; END;
CREATE TRIGGER icosa_outbox_forgotten AFTER DELETE ON icosa_outbox BEGIN
  DELETE FROM icosa_outbox_record WHERE sequence = OLD.sequence AND id IN (SELECT value FROM json_each(OLD.ids)); END;
CREATE TRIGGER "icosa_maker_created" AFTER INSERT ON "maker" BEGIN UPDATE icosa_tally SET live = live + (NEW."deletedAt" IS NULL) WHERE object = 'maker'; END;
CREATE TRIGGER "icosa_maker_deleted" AFTER UPDATE OF "deletedAt" ON "maker" WHEN (OLD."deletedAt" IS NULL) != (NEW."deletedAt" IS NULL) BEGIN UPDATE icosa_tally SET live = live + (NEW."deletedAt" IS NULL) - (OLD."deletedAt" IS NULL) WHERE object = 'maker'; END;
CREATE TRIGGER "icosa_maker_destroyed" AFTER DELETE ON "maker" WHEN OLD."deletedAt" IS NULL BEGIN UPDATE icosa_tally SET live = live - 1 WHERE object = 'maker'; END;
CREATE INDEX "IDX_widget_makerId" ON "widget" ("makerId", "deletedAt", "id") WHERE "makerId" IS NOT NULL;
CREATE TRIGGER "icosa_widget_created" AFTER INSERT ON "widget" BEGIN UPDATE icosa_tally SET live = live + (NEW."deletedAt" IS NULL) WHERE object = 'widget'; END;
CREATE TRIGGER "icosa_widget_deleted" AFTER UPDATE OF "deletedAt" ON "widget" WHEN (OLD."deletedAt" IS NULL) != (NEW."deletedAt" IS NULL) BEGIN UPDATE icosa_tally SET live = live + (NEW."deletedAt" IS NULL) - (OLD."deletedAt" IS NULL) WHERE object = 'widget'; END;
CREATE TRIGGER "icosa_widget_destroyed" AFTER DELETE ON "widget" WHEN OLD."deletedAt" IS NULL BEGIN UPDATE icosa_tally SET live = live - 1 WHERE object = 'widget'; END;
CREATE TRIGGER "icosa_icosa_api_key_created" AFTER INSERT ON "icosa_api_key" BEGIN UPDATE icosa_tally SET live = live + (NEW."deletedAt" IS NULL) WHERE object = 'icosa_api_key'; END;
CREATE TRIGGER "icosa_icosa_api_key_deleted" AFTER UPDATE OF "deletedAt" ON "icosa_api_key" WHEN (OLD."deletedAt" IS NULL) != (NEW."deletedAt" IS NULL) BEGIN UPDATE icosa_tally SET live = live + (NEW."deletedAt" IS NULL) - (OLD."deletedAt" IS NULL) WHERE object = 'icosa_api_key'; END;
CREATE TRIGGER "icosa_icosa_api_key_destroyed" AFTER DELETE ON "icosa_api_key" WHEN OLD."deletedAt" IS NULL BEGIN UPDATE icosa_tally SET live = live - 1 WHERE object = 'icosa_api_key'; END;
CREATE TRIGGER "icosa_icosa_api_key_closed" AFTER DELETE ON "icosa_api_key" BEGIN DELETE FROM icosa_key WHERE api_key_id = OLD."id"; END;
CREATE TRIGGER "icosa_icosa_webhook_created" AFTER INSERT ON "icosa_webhook" BEGIN UPDATE icosa_tally SET live = live + (NEW."deletedAt" IS NULL) WHERE object = 'icosa_webhook'; END;
CREATE TRIGGER "icosa_icosa_webhook_deleted" AFTER UPDATE OF "deletedAt" ON "icosa_webhook" WHEN (OLD."deletedAt" IS NULL) != (NEW."deletedAt" IS NULL) BEGIN UPDATE icosa_tally SET live = live + (NEW."deletedAt" IS NULL) - (OLD."deletedAt" IS NULL) WHERE object = 'icosa_webhook'; END;
CREATE TRIGGER "icosa_icosa_webhook_destroyed" AFTER DELETE ON "icosa_webhook" WHEN OLD."deletedAt" IS NULL BEGIN UPDATE icosa_tally SET live = live - 1 WHERE object = 'icosa_webhook'; END;
