BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('r0001_records');
CREATE TABLE records (
	seq INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	payload TEXT, 
	who TEXT NOT NULL, 
	self_declared INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	warehouse_version INTEGER, 
	replaces INTEGER, 
	previous_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (hash)
);
INSERT INTO "records" VALUES(1,'action','count the south branch','{"due":"2026-01-31","owner":"王芳"}','王芳',1,'2026-11-22T01:03:20.247342+00:00',3,NULL,'0000000000000000000000000000000000000000000000000000000000000000','c9be6791829c440aa69c120ccd8b70df0e3f02f1cac5757ca78eb014c1559fe4');
INSERT INTO "records" VALUES(2,'action','call dealer 2001','{"due":"2026-02-10","owner":"Anna"}','Anna',1,'2026-11-22T01:03:20.251736+00:00',3,NULL,'c9be6791829c440aa69c120ccd8b70df0e3f02f1cac5757ca78eb014c1559fe4','94086484bdd6df6d10170bbb9ff4f795f27be35c2a6347dd974d689743993e6b');
INSERT INTO "records" VALUES(3,'action','count the south branch','{"due":"2026-02-28","owner":"Anna"}','Anna',1,'2026-11-22T01:03:20.260994+00:00',4,1,'94086484bdd6df6d10170bbb9ff4f795f27be35c2a6347dd974d689743993e6b','4c979acc27cdde80106f1449c46a59fef1e27f1e9f876fcd4ec8f5a9a026a890');
CREATE INDEX records_by_subject ON records (kind, subject, seq);
CREATE INDEX records_by_kind ON records (kind, seq);
CREATE TRIGGER records_are_not_changed before update on records begin select raise(abort, 'records are append-only: no update'); end;
CREATE TRIGGER records_are_not_deleted before delete on records begin select raise(abort, 'records are append-only: no delete'); end;
CREATE TRIGGER records_are_appended before insert on records
       when new.seq <> (select coalesce(max(seq), 0) + 1 from records) or exists (select 1 from records where hash = new.hash)
       begin select raise(abort, 'records are append-only: a row must be the next one'); end;
COMMIT;
