-- What the third version wrote. Never changed.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE answers (
	message_id BIGINT NOT NULL, 
	user_id BIGINT NOT NULL, 
	"query" TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_answers PRIMARY KEY (message_id)
);
INSERT INTO "answers" VALUES(1160325438726864999,268473310986240001,'{"relation":"r"}','2026-11-22 13:30:00.000000');
CREATE TABLE channel_modes (
	channel_id BIGINT NOT NULL, 
	guild_id BIGINT NOT NULL, 
	mode VARCHAR(16) NOT NULL, 
	set_by BIGINT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_channel_modes PRIMARY KEY (channel_id)
);
INSERT INTO "channel_modes" VALUES(381870553235193857,613425648685547541,'auto',268473310986240001,'2026-11-22 13:30:00.000000');
CREATE TABLE fact_changes (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	folder TEXT NOT NULL, 
	curator_id BIGINT, 
	curator_name TEXT NOT NULL, 
	action VARCHAR(16) NOT NULL, 
	entry VARCHAR(16) NOT NULL, 
	fact VARCHAR(200) NOT NULL, 
	relation VARCHAR(200) NOT NULL, 
	reason TEXT NOT NULL, 
	edits TEXT NOT NULL, 
	files TEXT NOT NULL, 
	blob BLOB, 
	state VARCHAR(16) NOT NULL, 
	"commit" VARCHAR(64), 
	undoes INTEGER, 
	CONSTRAINT pk_fact_changes PRIMARY KEY (id)
);
INSERT INTO "fact_changes" VALUES(1,'2026-11-22 13:30:00.000000','/knowledge',268473310986240001,'Anna','end','fact','b','r','it ended','[{"after":"y\n","before":"x\n","path":"facts/a.yaml"}]','[{"after":"2","before":"1","path":"facts/a.yaml"}]',NULL,'done','abc',NULL);
CREATE TABLE fact_versions (
	fact VARCHAR(200) NOT NULL, 
	digest VARCHAR(32) NOT NULL, 
	change VARCHAR(16), 
	at DATETIME, 
	CONSTRAINT pk_fact_versions PRIMARY KEY (fact)
);
INSERT INTO "fact_versions" VALUES('a','1',NULL,NULL);
INSERT INTO "fact_versions" VALUES('b','3','corrected','2026-11-22 13:30:00.000000');
CREATE TABLE missed_questions (
	id INTEGER NOT NULL, 
	guild_id BIGINT, 
	text TEXT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_missed_questions PRIMARY KEY (id)
);
INSERT INTO "missed_questions" VALUES(1,613425648685547541,'what of é?','2026-11-22 13:30:00.000000');
CREATE TABLE opt_ins (
	guild_id BIGINT NOT NULL, 
	set_by BIGINT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_opt_ins PRIMARY KEY (guild_id)
);
INSERT INTO "opt_ins" VALUES(613425648685547541,268473310986240001,'2026-11-22 13:30:00.000000');
CREATE TABLE question_counts (
	"query" TEXT NOT NULL, 
	day DATE NOT NULL, 
	count BIGINT NOT NULL, 
	CONSTRAINT pk_question_counts PRIMARY KEY ("query", day)
);
INSERT INTO "question_counts" VALUES('{"relation":"r"}','2026-11-22',2);
CREATE TABLE reports (
	id INTEGER NOT NULL, 
	facts TEXT NOT NULL, 
	text TEXT NOT NULL, 
	source TEXT NOT NULL, 
	reporter_id BIGINT, 
	guild_id BIGINT, 
	at DATETIME NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	CONSTRAINT pk_reports PRIMARY KEY (id)
);
INSERT INTO "reports" VALUES(1,'["a","b"]','It was May','https://example.org/a',268473310986240001,613425648685547541,'2026-11-22 13:30:00.000000','new');
CREATE INDEX ix_channel_modes_guild_id ON channel_modes (guild_id);
CREATE INDEX ix_channel_modes_set_by ON channel_modes (set_by);
CREATE INDEX ix_opt_ins_set_by ON opt_ins (set_by);
CREATE INDEX ix_question_counts_day ON question_counts (day);
CREATE INDEX ix_missed_questions_guild_id ON missed_questions (guild_id);
CREATE INDEX ix_missed_questions_at ON missed_questions (at);
CREATE INDEX ix_reports_reporter_id ON reports (reporter_id);
CREATE INDEX ix_reports_guild_id ON reports (guild_id);
CREATE INDEX ix_reports_state ON reports (state);
CREATE INDEX ix_answers_user_id ON answers (user_id);
CREATE INDEX ix_answers_at ON answers (at);
CREATE INDEX ix_fact_versions_at ON fact_versions (at);
CREATE INDEX ix_fact_changes_at ON fact_changes (at);
CREATE INDEX ix_fact_changes_curator_id ON fact_changes (curator_id);
CREATE INDEX ix_fact_changes_fact ON fact_changes (fact);
CREATE INDEX ix_fact_changes_state ON fact_changes (state);
COMMIT;
