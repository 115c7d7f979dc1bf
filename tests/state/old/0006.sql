-- What the sixth version wrote. Never changed.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
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
CREATE TABLE curators (
	id INTEGER NOT NULL, 
	user_id BIGINT, 
	role_id BIGINT, 
	guild_id BIGINT, 
	name TEXT NOT NULL, 
	added_by BIGINT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_curators PRIMARY KEY (id)
);
INSERT INTO "curators" VALUES(1,412347257233604609,NULL,613425648685547541,'Boris',268473310986240001,'2026-11-22 13:30:00.000000');
CREATE TABLE dailies (
	channel_id BIGINT NOT NULL, 
	guild_id BIGINT NOT NULL, 
	hour INTEGER NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	topic VARCHAR(255) NOT NULL, 
	set_by BIGINT, 
	at DATETIME NOT NULL, 
	asked TEXT NOT NULL, 
	asked_on DATE, 
	message_id BIGINT, 
	CONSTRAINT pk_dailies PRIMARY KEY (channel_id)
);
INSERT INTO "dailies" VALUES(381870553235193857,613425648685547541,9,'Asia/Karachi','anything',268473310986240001,'2026-11-22 13:30:00.000000','{"q":1}','2026-11-22',7);
CREATE TABLE daily_answers (
	channel_id BIGINT NOT NULL, 
	day DATE NOT NULL, 
	person_id BIGINT NOT NULL, 
	picks TEXT NOT NULL, 
	"right" BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_daily_answers PRIMARY KEY (channel_id, day, person_id)
);
INSERT INTO "daily_answers" VALUES(381870553235193857,'2026-11-22',268473310986240001,'[2]',0,'2026-11-22 13:30:00.000000');
CREATE TABLE daily_streaks (
	channel_id BIGINT NOT NULL, 
	person_id BIGINT NOT NULL, 
	days INTEGER NOT NULL, 
	best INTEGER NOT NULL, 
	last DATE NOT NULL, 
	CONSTRAINT pk_daily_streaks PRIMARY KEY (channel_id, person_id)
);
INSERT INTO "daily_streaks" VALUES(381870553235193857,268473310986240001,3,4,'2026-11-22');
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
CREATE TABLE hidden_gaps (
	"key" VARCHAR(64) NOT NULL, 
	set_by BIGINT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_hidden_gaps PRIMARY KEY ("key")
);
INSERT INTO "hidden_gaps" VALUES('k',412347257233604609,'2026-11-22 13:30:00.000000');
CREATE TABLE kept_drafts (
	id INTEGER NOT NULL, 
	person_id BIGINT NOT NULL, 
	value TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_kept_drafts PRIMARY KEY (id)
);
INSERT INTO "kept_drafts" VALUES(1,412347257233604609,'{"n":1}','2026-11-22 13:30:00.000000');
CREATE TABLE missed_questions (
	id INTEGER NOT NULL, 
	guild_id BIGINT, 
	text TEXT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_missed_questions PRIMARY KEY (id)
);
INSERT INTO "missed_questions" VALUES(1,613425648685547541,'what of é?','2026-11-22 13:30:00.000000');
CREATE TABLE notice_channels (
	guild_id BIGINT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	channel_id BIGINT NOT NULL, 
	set_by BIGINT, 
	at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_notice_channels PRIMARY KEY (guild_id, kind)
);
INSERT INTO "notice_channels" VALUES(613425648685547541,'digest',381870553235193857,268473310986240001,'2026-11-22 13:30:00.000000',NULL);
CREATE TABLE opt_ins (
	guild_id BIGINT NOT NULL, 
	set_by BIGINT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_opt_ins PRIMARY KEY (guild_id)
);
INSERT INTO "opt_ins" VALUES(613425648685547541,268473310986240001,'2026-11-22 13:30:00.000000');
CREATE TABLE proposal_skips (
	proposal INTEGER NOT NULL, 
	curator_id BIGINT NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_proposal_skips PRIMARY KEY (proposal, curator_id)
);
INSERT INTO "proposal_skips" VALUES(1,412347257233604609,'2026-11-22');
CREATE TABLE proposals (
	id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	facts TEXT NOT NULL, 
	draft TEXT NOT NULL, 
	text TEXT NOT NULL, 
	source TEXT NOT NULL, 
	proposer_id BIGINT, 
	proposer_name TEXT NOT NULL, 
	guild_id BIGINT, 
	channel_id BIGINT, 
	tell VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, 
	first_id BIGINT, 
	first_name TEXT NOT NULL, 
	decided_id BIGINT, 
	decided_name TEXT NOT NULL, 
	decided_at DATETIME, 
	reason TEXT NOT NULL, 
	change_id INTEGER, 
	claimed_at DATETIME, 
	told_at DATETIME, 
	CONSTRAINT pk_proposals PRIMARY KEY (id)
);
INSERT INTO "proposals" VALUES(1,'report','open','["a","b"]','null','It was May','https://example.org/a',268473310986240001,'',613425648685547541,NULL,'no','2026-11-22 13:30:00.000000',NULL,'',NULL,'',NULL,'',NULL,NULL,NULL);
INSERT INTO "proposals" VALUES(2,'change','waiting_second','["b"]','{"action":"end","fact":"b","reason":"it ended","type":"fact","until":"2026"}','','',268473310986240001,'Anna',NULL,NULL,'no','2026-11-22 13:30:00.000000',268473310986240001,'Anna',NULL,'',NULL,'',NULL,NULL,NULL);
CREATE TABLE question_counts (
	"query" TEXT NOT NULL, 
	day DATE NOT NULL, 
	count BIGINT NOT NULL, 
	CONSTRAINT pk_question_counts PRIMARY KEY ("query", day)
);
INSERT INTO "question_counts" VALUES('{"relation":"r"}','2026-11-22',2);
CREATE TABLE quiz_answers (
	channel_id BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	person_id BIGINT NOT NULL, 
	picks TEXT NOT NULL, 
	"right" BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_quiz_answers PRIMARY KEY (channel_id, number, person_id)
);
INSERT INTO "quiz_answers" VALUES(381870553235193857,0,412347257233604609,'[1]',1,'2026-11-22 13:30:00.000000');
CREATE TABLE quiz_misses (
	round_id INTEGER NOT NULL, 
	person_id BIGINT NOT NULL, 
	"key" VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_quiz_misses PRIMARY KEY (round_id, person_id, "key")
);
INSERT INTO "quiz_misses" VALUES(1,268473310986240001,'a.whether');
CREATE TABLE quiz_opt_outs (
	guild_id BIGINT NOT NULL, 
	person_id BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_quiz_opt_outs PRIMARY KEY (guild_id, person_id)
);
INSERT INTO "quiz_opt_outs" VALUES(613425648685547541,412347257233604609,'2026-11-22 13:30:00.000000');
CREATE TABLE quiz_rounds (
	id INTEGER NOT NULL, 
	guild_id BIGINT, 
	channel_id BIGINT NOT NULL, 
	topic VARCHAR(255) NOT NULL, 
	questions INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_quiz_rounds PRIMARY KEY (id)
);
INSERT INTO "quiz_rounds" VALUES(1,613425648685547541,381870553235193857,'anything',2,'2026-11-22 13:30:00.000000');
CREATE TABLE quiz_scores (
	round_id INTEGER NOT NULL, 
	person_id BIGINT NOT NULL, 
	points INTEGER NOT NULL, 
	answered INTEGER NOT NULL, 
	CONSTRAINT pk_quiz_scores PRIMARY KEY (round_id, person_id)
);
INSERT INTO "quiz_scores" VALUES(1,268473310986240001,1,2);
CREATE TABLE quiz_turns (
	place_id BIGINT NOT NULL, 
	fact VARCHAR(200) NOT NULL, 
	times INTEGER NOT NULL, 
	CONSTRAINT pk_quiz_turns PRIMARY KEY (place_id, fact)
);
INSERT INTO "quiz_turns" VALUES(613425648685547541,'a',1);
CREATE TABLE quizzes (
	channel_id BIGINT NOT NULL, 
	guild_id BIGINT, 
	host_id BIGINT, 
	value TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_quizzes PRIMARY KEY (channel_id)
);
INSERT INTO "quizzes" VALUES(381870553235193857,613425648685547541,268473310986240001,'{"v":1}','2026-11-22 13:30:00.000000');
CREATE TABLE study_cards (
	person_id BIGINT NOT NULL, 
	"key" VARCHAR(255) NOT NULL, 
	fact VARCHAR(200) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	digest VARCHAR(32) NOT NULL, 
	state INTEGER NOT NULL, 
	step INTEGER, 
	stability DOUBLE, 
	difficulty DOUBLE, 
	due DATETIME NOT NULL, 
	last DATETIME, 
	added_at DATETIME NOT NULL, 
	changed_at DATETIME, 
	missed_at DATETIME, 
	retired BOOLEAN NOT NULL, 
	CONSTRAINT pk_study_cards PRIMARY KEY (person_id, "key")
);
INSERT INTO "study_cards" VALUES(268473310986240001,'b.since','f','since','1',2,NULL,2.5,6.25,'2026-11-22 13:30:00.000000','2026-11-22 13:30:00.000000','2026-11-22 13:30:00.000000',NULL,'2026-11-22 13:30:00.000000',0);
CREATE TABLE study_decks (
	id INTEGER NOT NULL, 
	person_id BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_study_decks PRIMARY KEY (id)
);
INSERT INTO "study_decks" VALUES(1,268473310986240001,'mine','{"topic":"anything"}','2026-11-22 13:30:00.000000');
CREATE TABLE study_reminders (
	person_id BIGINT NOT NULL, 
	guild_id BIGINT, 
	channel_id BIGINT, 
	hour INTEGER NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	told_on DATE, 
	CONSTRAINT pk_study_reminders PRIMARY KEY (person_id)
);
INSERT INTO "study_reminders" VALUES(412347257233604609,613425648685547541,381870553235193857,9,'Asia/Karachi','2026-11-22');
CREATE TABLE study_reviews (
	id INTEGER NOT NULL, 
	person_id BIGINT NOT NULL, 
	"key" VARCHAR(255) NOT NULL, 
	grade INTEGER NOT NULL, 
	was INTEGER NOT NULL, 
	became INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_study_reviews PRIMARY KEY (id)
);
INSERT INTO "study_reviews" VALUES(1,268473310986240001,'b.since',1,1,2,'2026-11-22 13:30:00.000000');
CREATE INDEX ix_channel_modes_guild_id ON channel_modes (guild_id);
CREATE INDEX ix_channel_modes_set_by ON channel_modes (set_by);
CREATE INDEX ix_opt_ins_set_by ON opt_ins (set_by);
CREATE INDEX ix_question_counts_day ON question_counts (day);
CREATE INDEX ix_missed_questions_guild_id ON missed_questions (guild_id);
CREATE INDEX ix_missed_questions_at ON missed_questions (at);
CREATE INDEX ix_answers_user_id ON answers (user_id);
CREATE INDEX ix_answers_at ON answers (at);
CREATE INDEX ix_fact_versions_at ON fact_versions (at);
CREATE INDEX ix_fact_changes_at ON fact_changes (at);
CREATE INDEX ix_fact_changes_curator_id ON fact_changes (curator_id);
CREATE INDEX ix_fact_changes_fact ON fact_changes (fact);
CREATE INDEX ix_fact_changes_state ON fact_changes (state);
CREATE INDEX ix_proposals_state ON proposals (state);
CREATE INDEX ix_proposals_proposer_id ON proposals (proposer_id);
CREATE INDEX ix_proposals_guild_id ON proposals (guild_id);
CREATE INDEX ix_proposals_first_id ON proposals (first_id);
CREATE INDEX ix_proposals_decided_id ON proposals (decided_id);
CREATE INDEX ix_proposals_decided_at ON proposals (decided_at);
CREATE INDEX ix_proposal_skips_curator_id ON proposal_skips (curator_id);
CREATE INDEX ix_curators_user_id ON curators (user_id);
CREATE INDEX ix_curators_role_id ON curators (role_id);
CREATE INDEX ix_curators_added_by ON curators (added_by);
CREATE INDEX ix_hidden_gaps_set_by ON hidden_gaps (set_by);
CREATE INDEX ix_notice_channels_set_by ON notice_channels (set_by);
CREATE INDEX ix_kept_drafts_person_id ON kept_drafts (person_id);
CREATE INDEX ix_kept_drafts_at ON kept_drafts (at);
CREATE INDEX ix_quizzes_guild_id ON quizzes (guild_id);
CREATE INDEX ix_quizzes_host_id ON quizzes (host_id);
CREATE INDEX ix_quiz_answers_person_id ON quiz_answers (person_id);
CREATE INDEX ix_quiz_rounds_guild_id ON quiz_rounds (guild_id);
CREATE INDEX ix_quiz_rounds_at ON quiz_rounds (at);
CREATE INDEX ix_quiz_scores_person_id ON quiz_scores (person_id);
CREATE INDEX ix_quiz_misses_person_id ON quiz_misses (person_id);
CREATE INDEX ix_quiz_opt_outs_person_id ON quiz_opt_outs (person_id);
CREATE INDEX ix_dailies_guild_id ON dailies (guild_id);
CREATE INDEX ix_dailies_set_by ON dailies (set_by);
CREATE INDEX ix_daily_answers_day ON daily_answers (day);
CREATE INDEX ix_daily_answers_person_id ON daily_answers (person_id);
CREATE INDEX ix_daily_streaks_person_id ON daily_streaks (person_id);
CREATE INDEX ix_study_cards_fact ON study_cards (fact);
CREATE INDEX ix_study_cards_due ON study_cards (due);
CREATE INDEX ix_study_reviews_person_id ON study_reviews (person_id);
CREATE INDEX ix_study_reviews_at ON study_reviews (at);
CREATE INDEX ix_study_decks_person_id ON study_decks (person_id);
COMMIT;
