-- Every table of a mart: grain, keys, units. The data dictionary; both marts (true, shared) have these tables.
-- Proportions are stored as 0 to 1; screens multiply by 100. Dates are the first day of the period unless said.
-- The shared mart holds released (rounded, coarsened, hidden) rows for disclosive measures, and an empty test_count.

CREATE TABLE mart_info (          -- one row a fact about this mart
    key VARCHAR PRIMARY KEY,      -- audience, privacy_profile, content_hash, rule_set, rule_set_version, made_up ('true'/'false'), data_until, sources,
                                  -- records_head (hash of the last record), n_records, verdict_rule_set
    value VARCHAR NOT NULL
);

CREATE TABLE neighbourhood (      -- one row a neighbourhood
    neighbourhood_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, display_order INTEGER NOT NULL,
    population INTEGER, wards VARCHAR, pcn_code VARCHAR,
    wards_vintage INTEGER         -- year of the ward boundaries that the names in `wards` mean
);

CREATE TABLE prototype (          -- one row a prototype in one neighbourhood
    prototype_id VARCHAR PRIMARY KEY, neighbourhood_id VARCHAR NOT NULL, name VARCHAR NOT NULL, theme VARCHAR,
    stage VARCHAR, started_on DATE, planned_every VARCHAR   -- planned_every: session spacing, e.g. 'week', '2 weeks', 'month'
);

CREATE TABLE cycle (              -- one row a PDSA cycle; predictions in the measure's stored unit (shares 0 to 1)
    cycle_id VARCHAR PRIMARY KEY, prototype_id VARCHAR NOT NULL, cycle_no VARCHAR, question VARCHAR,
    primary_measure VARCHAR, predicted_value DOUBLE, predicted_low DOUBLE, predicted_high DOUBLE, predicted_for DATE,
    do_start DATE, do_end DATE, decision VARCHAR, decided_on DATE, learning VARCHAR,
    plan VARCHAR,                 -- what will be done differently
    source VARCHAR NOT NULL DEFAULT 'file'     -- 'record' or 'file': where both speak of a cycle the record wins
);

CREATE TABLE measure (            -- one row a measure as filed in measures/*.toml
    measure_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, short_name VARCHAR NOT NULL, domain VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, numerator VARCHAR NOT NULL, denominator VARCHAR, counts VARCHAR, unit VARCHAR,
    period VARCHAR NOT NULL, planned_every VARCHAR NOT NULL, better VARCHAR NOT NULL, baseline VARCHAR NOT NULL,
    disclosive BOOLEAN NOT NULL, no_entry_means_zero BOOLEAN NOT NULL, arrives VARCHAR NOT NULL,
    lag_days INTEGER NOT NULL, display_order INTEGER NOT NULL, wall BOOLEAN NOT NULL,
    never_negative BOOLEAN NOT NULL,           -- as filed; counts, shares and rates are never below 0 anyway
    prototypes VARCHAR NOT NULL,  -- comma-separated prototype ids, 'theme:<theme>', or '*'
    why VARCHAR, source VARCHAR,
    cascade_step VARCHAR          -- the step of the cascade that the people of the numerator have reached; NULL elsewhere
);

CREATE TABLE target (             -- one row a target value and the day it holds from
    measure_id VARCHAR NOT NULL, from_on DATE NOT NULL, value DOUBLE NOT NULL, PRIMARY KEY (measure_id, from_on)
);

CREATE TABLE load (               -- one row a file read, or a sheet of a workbook
    load_id VARCHAR PRIMARY KEY, file VARCHAR NOT NULL, reader VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
    loaded_at TIMESTAMP NOT NULL, -- the only column that differs between two builds of the same input
    lines_read INTEGER NOT NULL, lines_loaded INTEGER NOT NULL, lines_refused INTEGER NOT NULL,
    lines_furniture INTEGER NOT NULL, cells_missing INTEGER NOT NULL, personal_cells_dropped INTEGER NOT NULL,
    sheet VARCHAR,                -- NULL for text files
    who VARCHAR, received_at TIMESTAMP,        -- who gave the file through the Data page and when (UTC); NULL: put there by hand
    CHECK (lines_read = lines_loaded + lines_refused + lines_furniture)
);

CREATE TABLE upload (             -- one row an upload ever kept, oldest first; `who` is empty in the shared mart
    received_at TIMESTAMP NOT NULL,            -- UTC
    who VARCHAR,                  -- the name that a person gave
    file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, n_bytes BIGINT NOT NULL,
    replaced_by VARCHAR           -- sha256 of the upload that took its place; NULL while it stands
);

CREATE TABLE rejected_row (       -- one row a fault; value is masked where it is personal, empty in the shared mart
    load_id VARCHAR NOT NULL, file VARCHAR NOT NULL, line INTEGER, "column" VARCHAR, value VARCHAR, reason VARCHAR NOT NULL,
    effect VARCHAR NOT NULL,      -- 'line refused', 'cell missing', 'held' (kept out until a person says), 'noted' (counted, but told)
    sheet VARCHAR                 -- NULL for text files
);

CREATE TABLE test_count (         -- one row a test session and item; only in the true mart
    load_id VARCHAR NOT NULL, file VARCHAR NOT NULL, line INTEGER NOT NULL, prototype_id VARCHAR NOT NULL,
    neighbourhood_id VARCHAR NOT NULL, tested_on DATE NOT NULL, place VARCHAR, place_type VARCHAR, cycle_no VARCHAR,
    item VARCHAR NOT NULL, count DOUBLE,         -- NULL: the session was held and this was not recorded; of an interval the middle
    low DOUBLE, high DOUBLE,      -- set where the number is an interval; high NULL there: no upper end
    flag VARCHAR,                 -- how the cell was read where not as a plain number: 'noted', 'approximate', 'interval',
                                  -- 'blank', 'missing', 'suppressed', 'unreadable', 'held', 'transfer', 'impossible'
    written VARCHAR,              -- the cell as written, without personal data
    sheet VARCHAR                 -- NULL for text files
);

CREATE TABLE cascade_count (      -- one row a line of cascade_counts.csv; only in the true mart
    load_id VARCHAR NOT NULL, file VARCHAR NOT NULL, line INTEGER NOT NULL, neighbourhood_id VARCHAR NOT NULL,
    prototype_id VARCHAR,         -- NULL: of the whole neighbourhood
    cohort_month DATE NOT NULL, step VARCHAR NOT NULL,
    follow_up_months INTEGER,     -- reached within so many months of cohort_month; NULL: a count of that month itself
    group_type VARCHAR NOT NULL, "group" VARCHAR NOT NULL, setting VARCHAR NOT NULL, count DOUBLE NOT NULL
);

CREATE TABLE guess (              -- one row a thing decided while reading that a person may overrule
    load_id VARCHAR NOT NULL, file VARCHAR NOT NULL, sheet VARCHAR, "column" VARCHAR,
    what VARCHAR NOT NULL, evidence VARCHAR NOT NULL,
    overrule VARCHAR NOT NULL     -- the line of the mapping beside the file that decides otherwise
);

CREATE TABLE point_source (       -- one row a series and line behind it; shared mart: released series have a row a file and point
    series_id VARCHAR NOT NULL, tested_on DATE NOT NULL,   -- the day lies from period_start to period_end of its point
    load_id VARCHAR NOT NULL, file VARCHAR NOT NULL, sheet VARCHAR, line INTEGER   -- NULL where the series is released
);

CREATE TABLE observation (        -- one row a measure, prototype and period; planned periods without a test are gaps
    series_id VARCHAR NOT NULL,   -- measure_id || '@' || prototype_id
    measure_id VARCHAR NOT NULL, prototype_id VARCHAR NOT NULL, neighbourhood_id VARCHAR NOT NULL,
    period VARCHAR NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL,
    session_no INTEGER NOT NULL,  -- 1, 2 ... within a date where period = 'session'; otherwise 1
    numerator DOUBLE, denominator DOUBLE, value DOUBLE, n_sessions INTEGER NOT NULL, is_gap BOOLEAN NOT NULL,
    is_hidden BOOLEAN NOT NULL, hidden_reason VARCHAR,   -- only in the shared mart
    numerator_low DOUBLE, numerator_high DOUBLE,         -- where nothing is in doubt both are the numerator; high NULL: no upper end
    denominator_low DOUBLE, denominator_high DOUBLE,     -- the same; all four NULL where the figures are released ones
    note VARCHAR,                 -- why nothing was tested though it was planned; or that the period is still running
    is_running BOOLEAN NOT NULL DEFAULT false,           -- the period has not ended: counted so far, and neither a point nor a gap yet
    PRIMARY KEY (series_id, period_start, session_no)
);

CREATE TABLE chart_summary (      -- one row a series and phase; what the wall and the sentences are made of
    series_id VARCHAR NOT NULL, measure_id VARCHAR NOT NULL, prototype_id VARCHAR NOT NULL,
    neighbourhood_id VARCHAR NOT NULL, domain VARCHAR NOT NULL, phase INTEGER NOT NULL, is_latest_phase BOOLEAN NOT NULL,
    kind VARCHAR NOT NULL, kind_reason VARCHAR NOT NULL, rule_set VARCHAR NOT NULL, rule_set_version INTEGER NOT NULL,
    period VARCHAR NOT NULL, period_declared VARCHAR NOT NULL, period_reason VARCHAR,  -- set where coarsened: what was done, what would lift it
    first_on DATE, last_on DATE, n_points INTEGER NOT NULL, n_gaps INTEGER NOT NULL, n_hidden INTEGER NOT NULL,
    n_useful INTEGER, longest_run INTEGER, longest_run_max INTEGER, n_crossings INTEGER, n_crossings_min INTEGER,
    runs_signal BOOLEAN, limits_state VARCHAR NOT NULL, why_no_limits VARCHAR, remedy VARCHAR,
    baseline_rule VARCHAR, baseline_first_on DATE, baseline_last_on DATE, baseline_n INTEGER,
    centre_line DOUBLE, lower_limit DOUBLE, upper_limit DOUBLE,   -- at the latest point, not clipped; NULL where limits_state = 'none'
    median DOUBLE, dispersion DOUBLE, autocorrelation DOUBLE,
    latest_on DATE, latest_value DOUBLE, latest_numerator DOUBLE, latest_denominator DOUBLE,
    variation VARCHAR NOT NULL, variation_rules VARCHAR, assurance VARCHAR NOT NULL, target DOUBLE, better VARCHAR NOT NULL,
    false_alarm_rate DOUBLE,      -- chance that the latest point of this chart is coloured when nothing changed
    rules_that_cannot_fire VARCHAR, is_hidden BOOLEAN NOT NULL, hidden_reason VARCHAR, from_rounded BOOLEAN NOT NULL,
    release_note VARCHAR,
    why_hidden VARCHAR,           -- the answer to "Why hidden?", where anything is; NULL where nothing is
    sentence_short VARCHAR NOT NULL, sentence VARCHAR NOT NULL, sentence_long VARCHAR NOT NULL,
    accepted_by VARCHAR, accepted_on DATE, accepted_reason VARCHAR,   -- who accepted this phase's usual range; NULL: nobody yet
    rebased_from DATE,            -- first day of a phase that a recorded rebase began; NULL otherwise
    proposal VARCHAR, proposal_sentence VARCHAR,   -- 'accept_baseline', 'rebase' or NULL: what a person may decide now, and why
    proposal_first_on DATE, proposal_last_on DATE, -- the points that would set the usual range
    PRIMARY KEY (series_id, phase)
);

CREATE TABLE chart_point (        -- one row a plotted place on a chart: a point, a gap or a hidden cell
    series_id VARCHAR NOT NULL, measure_id VARCHAR NOT NULL, prototype_id VARCHAR NOT NULL, neighbourhood_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,    -- 0, 1 ... in time order, gaps and hidden included
    period_start DATE NOT NULL, period_end DATE NOT NULL, value DOUBLE, numerator DOUBLE, denominator DOUBLE,
    n_sessions INTEGER NOT NULL, is_gap BOOLEAN NOT NULL, is_hidden BOOLEAN NOT NULL, hidden_reason VARCHAR,
    centre_line DOUBLE, lower_limit DOUBLE, upper_limit DOUBLE, lower_2sigma DOUBLE, upper_2sigma DOUBLE, -- not clipped
    target DOUBLE, phase INTEGER NOT NULL, is_baseline BOOLEAN NOT NULL, is_excluded BOOLEAN NOT NULL,
    beyond_limits BOOLEAN NOT NULL, two_of_three BOOLEAN NOT NULL, trend BOOLEAN NOT NULL, shift BOOLEAN NOT NULL,
    point_type VARCHAR NOT NULL, rule VARCHAR,  -- the rule that wins by precedence
    words VARCHAR NOT NULL,       -- hover and table: 'Week of 3 March 2025: 34 of 62, 55%. Above the usual range.'
    value_low DOUBLE, value_high DOUBLE,       -- between which the value lies, where a number was written as an interval: a whisker
    note VARCHAR,                 -- says so in words; where it is set and value_high is NULL, there is no upper end
    old_centre_line DOUBLE, old_lower_limit DOUBLE, old_upper_limit DOUBLE,   -- after a rebase: the lines before it, carried on
    is_running BOOLEAN NOT NULL DEFAULT false, -- the period has not ended: drawn hollow, judged by no rule
    PRIMARY KEY (series_id, position)
);

CREATE TABLE cycle_result (       -- one row a cycle: its primary measure before and during Do, the verdict and the receipt
    cycle_id VARCHAR PRIMARY KEY, prototype_id VARCHAR NOT NULL, neighbourhood_id VARCHAR NOT NULL, cycle_no VARCHAR,
    measure_id VARCHAR, series_id VARCHAR, do_start DATE, do_end DATE, n_do_points INTEGER, n_planned INTEGER,
    n_missing INTEGER, n_baseline_points INTEGER, observed DOUBLE, observed_numerator DOUBLE, observed_denominator DOUBLE,
    before DOUBLE, before_numerator DOUBLE, before_denominator DOUBLE, before_lower DOUBLE, before_upper DOUBLE,
    change DOUBLE, change_low DOUBLE, change_high DOUBLE, change_scale VARCHAR,  -- 'ratio' or 'difference'; 95 % interval
    p_value DOUBLE, autocorrelation DOUBLE, dispersion DOUBLE, season_in_model BOOLEAN, signal_rules VARCHAR,
    signal_direction VARCHAR,     -- 'up', 'down' or NULL
    verdict VARCHAR NOT NULL, reason VARCHAR NOT NULL, notes VARCHAR,   -- notes: must-says, one a line
    predicted_value DOUBLE, predicted_low DOUBLE, predicted_high DOUBLE, prediction_inside BOOLEAN,
    prediction_error DOUBLE, interval_score DOUBLE, is_sealed BOOLEAN NOT NULL, is_released BOOLEAN NOT NULL,
    rule_set VARCHAR NOT NULL, rule_set_version INTEGER NOT NULL, sentence VARCHAR NOT NULL, prediction_sentence VARCHAR NOT NULL,
    receipt VARCHAR NOT NULL,     -- JSON list of {"mark": "supports" | "nothing" | "lowers", "label": ..., "words": ...}
    sentence_resident VARCHAR, sentence_clinician VARCHAR, sentence_board VARCHAR,   -- the verdict in three lengths
    is_headline BOOLEAN           -- among the headlines: Do reaches into the last four weeks, a change was judged, and its
                                  -- p-value passes Benjamini-Hochberg, q = 0.10, among all such cycles
);

CREATE TABLE theme_step (         -- one row a theme, neighbourhood and share: of so many people, so many came one step further
    theme VARCHAR NOT NULL, neighbourhood_id VARCHAR NOT NULL, measure_id VARCHAR NOT NULL, display_order INTEGER NOT NULL,
    label VARCHAR NOT NULL, of_label VARCHAR NOT NULL,   -- 'Said yes'; 'people asked'
    n_reached DOUBLE, n_before DOUBLE,         -- over the last 12 weeks, or the latest quarter; NULL where nothing was counted
    n_lost DOUBLE, share_lost DOUBLE,          -- of those due; NULL where not coming through is no loss (better is not up)
    first_on DATE, last_on DATE, n_points INTEGER NOT NULL, n_hidden INTEGER NOT NULL,   -- n_hidden: points held back, left out of the sums
    joins_before BOOLEAN NOT NULL,             -- whether its people are those who reached the step above
    is_largest BOOLEAN NOT NULL,  -- the most people are lost here
    from_rounded BOOLEAN NOT NULL,
    step VARCHAR,                 -- the step of the cascade that the measure's numerator reaches; NULL for other shares
    share DOUBLE, lower_95 DOUBLE, upper_95 DOUBLE,   -- n_reached of those due (n_before - n_not_due), Wilson's interval, 0 to 1
    n_not_due DOUBLE,             -- people of cohorts whose follow-up has not ended: neither reached nor lost; NULL: none can be
    beyond VARCHAR,               -- against all neighbourhoods pooled: 'above 99.8', 'above 95', 'within', 'below 95', 'below 99.8'
    pooled_share DOUBLE,          -- of all neighbourhoods together, 0 to 1
    n_more DOUBLE, n_more_low DOUBLE, n_more_high DOUBLE,   -- people more at the pooled share; only where beyond is 'below ...'
    leak VARCHAR,                 -- that in a sentence; NULL elsewhere
    PRIMARY KEY (theme, neighbourhood_id, measure_id)
);

CREATE TABLE funnel_point (       -- one row a measure and neighbourhood: its share beside all together, with exact limits
    theme VARCHAR NOT NULL, measure_id VARCHAR NOT NULL, neighbourhood_id VARCHAR NOT NULL, display_order INTEGER NOT NULL,
    n_reached DOUBLE, n_before DOUBLE, share DOUBLE, centre_line DOUBLE,
    lower_95 DOUBLE, upper_95 DOUBLE, lower_998 DOUBLE, upper_998 DOUBLE,   -- at this n_before
    beyond VARCHAR, PRIMARY KEY (theme, measure_id, neighbourhood_id)
);

CREATE TABLE funnel_line (        -- one row a measure and size: the limits as lines to draw
    theme VARCHAR NOT NULL, measure_id VARCHAR NOT NULL, n_before DOUBLE NOT NULL, centre_line DOUBLE NOT NULL,
    lower_95 DOUBLE NOT NULL, upper_95 DOUBLE NOT NULL, lower_998 DOUBLE NOT NULL, upper_998 DOUBLE NOT NULL
);

CREATE TABLE served_group (       -- one row a place, question, half-year and group of people: how many of them were served
    place_id VARCHAR NOT NULL,    -- neighbourhood_id, or 'borough' for all together
    question VARCHAR NOT NULL,    -- 'reach', 'quality' or 'impact'; 'help' for who gave help
    label VARCHAR NOT NULL,       -- 'Measured, of people eligible'
    period_start DATE NOT NULL, period_end DATE NOT NULL, is_latest BOOLEAN NOT NULL,
    group_type VARCHAR NOT NULL, "group" VARCHAR NOT NULL, group_name VARCHAR NOT NULL, display_order INTEGER NOT NULL,
    n_served DOUBLE, n_people DOUBLE, share DOUBLE, lower_95 DOUBLE, upper_95 DOUBLE, everyone DOUBLE,   -- shares 0 to 1
    is_fewer BOOLEAN NOT NULL,    -- the whole interval lies below everybody's share
    is_hidden BOOLEAN NOT NULL, why_hidden VARCHAR, from_rounded BOOLEAN NOT NULL,
    PRIMARY KEY (place_id, question, period_start, group_type, "group")
);

CREATE TABLE served_gap (         -- one row a place, question, half-year and kind of group: best served less least served
    place_id VARCHAR NOT NULL, question VARCHAR NOT NULL, group_type VARCHAR NOT NULL,
    period_start DATE NOT NULL, period_end DATE NOT NULL,
    least VARCHAR, best VARCHAR, gap DOUBLE, gap_low DOUBLE, gap_high DOUBLE,   -- shares; of the groups of the first period
    slope_index DOUBLE, slope_low DOUBLE, slope_high DOUBLE,   -- deprivation fifths only: least less most deprived, as shares
    relative_index DOUBLE, relative_low DOUBLE, relative_high DOUBLE,   -- the same as a ratio
    n_groups INTEGER NOT NULL, n_hidden INTEGER NOT NULL, sentence VARCHAR NOT NULL,
    PRIMARY KEY (place_id, question, group_type, period_start)
);

CREATE TABLE worked_note (        -- one row a thing that misleads clinicians, worked with numbers; place_id 'borough': the same everywhere
    place_id VARCHAR NOT NULL, note VARCHAR NOT NULL, display_order INTEGER NOT NULL,
    title VARCHAR NOT NULL, body VARCHAR NOT NULL, PRIMARY KEY (place_id, note)
);

CREATE TABLE worked_figure (      -- one row a number that a worked note draws: a bar, a line, with its interval
    place_id VARCHAR NOT NULL, note VARCHAR NOT NULL, display_order INTEGER NOT NULL,
    label VARCHAR NOT NULL, value DOUBLE NOT NULL, low DOUBLE, high DOUBLE, unit VARCHAR NOT NULL,
    PRIMARY KEY (place_id, note, display_order)
);

CREATE TABLE theme_sentence (     -- one row a theme, neighbourhood and question: a page in three sentences
    theme VARCHAR NOT NULL, neighbourhood_id VARCHAR NOT NULL, display_order INTEGER NOT NULL,
    question VARCHAR NOT NULL, sentence VARCHAR NOT NULL, PRIMARY KEY (theme, neighbourhood_id, display_order)
);

CREATE TABLE second_opinion (     -- one row a cycle with 12 points before and 12 in Do: segmented regression, never the verdict
    cycle_id VARCHAR PRIMARY KEY, step DOUBLE, step_low DOUBLE, step_high DOUBLE, scale VARCHAR NOT NULL,   -- 'ratio' or 'difference'
    p_value DOUBLE, slope DOUBLE, slope_low DOUBLE, slope_high DOUBLE,   -- slope: change of the trend a point
    autocorrelation DOUBLE, newey_west_low DOUBLE, newey_west_high DOUBLE, n_before INTEGER NOT NULL, n_during INTEGER NOT NULL,
    sentence VARCHAR NOT NULL
);

-- What people entered (pipelines/records). A row stands until a later record supersedes it or takes it back.

CREATE TABLE record (             -- one row a record, all of them; the shared mart has no sessions: their ids salt the hashes
    number INTEGER PRIMARY KEY, record_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL,   -- UTC
    who VARCHAR NOT NULL,         -- as the person signed
    supersedes VARCHAR, is_standing BOOLEAN NOT NULL, hash VARCHAR NOT NULL
);

CREATE TABLE stage_event (        -- one row a stage that a prototype reached
    prototype_id VARCHAR NOT NULL, neighbourhood_id VARCHAR NOT NULL, stage VARCHAR NOT NULL,
    reached_on DATE,              -- NULL: a file names the stage and no day
    reason VARCHAR, who VARCHAR, record_id VARCHAR   -- record_id NULL: read from prototypes.csv
);

CREATE TABLE stage_count (        -- one row a stage, from talk to action: how many prototypes came this far
    stage VARCHAR PRIMARY KEY, display_order INTEGER NOT NULL, n_reached INTEGER NOT NULL, n_before INTEGER,   -- n_before: reached the stage before
    share DOUBLE, share_low DOUBLE, share_high DOUBLE,   -- of n_before; Wilson 95 %
    median_wait_days DOUBLE,      -- Kaplan-Meier, those still waiting counted; NULL where fewer than half have moved on
    n_waiting INTEGER NOT NULL, n_stopped INTEGER NOT NULL,  -- n_stopped: stopped from this stage
    sentence VARCHAR
);

CREATE TABLE prediction (         -- one row a prediction, every version of it; figures in the measure's stored unit
    prediction_id VARCHAR PRIMARY KEY,   -- the record's id, or 'file:' || cycle_id
    cycle_id VARCHAR NOT NULL, prototype_id VARCHAR NOT NULL, neighbourhood_id VARCHAR NOT NULL, measure_id VARCHAR NOT NULL,
    direction VARCHAR, value DOUBLE, low DOUBLE, high DOUBLE, predicted_for DATE,
    sealed_at TIMESTAMP, who VARCHAR, seal VARCHAR,   -- UTC; seal: the record's hash; all three NULL where it was read from a file
    supersedes VARCHAR, reason VARCHAR, -- reason: why it took the place of another
    is_sealed BOOLEAN NOT NULL,   -- written before the first point of Do
    is_scored_one BOOLEAN NOT NULL,     -- the one held against the result: the last sealed before Do, else the file's
    why_not_sealed VARCHAR,
    observed DOUBLE, is_due BOOLEAN NOT NULL, is_inside BOOLEAN, is_direction_right BOOLEAN, error DOUBLE, interval_score DOUBLE,
    naive_value DOUBLE, naive_low DOUBLE, naive_high DOUBLE, naive_score DOUBLE, skill DOUBLE   -- naive: the mean of the last six points before
);

CREATE TABLE calibration (        -- one row a scope: do ranges hold as often as promised; unsealed predictions stay out
    scope VARCHAR NOT NULL,       -- 'all', or 'prototype' (only in the true mart: shown to that group, never as a ranking)
    scope_id VARCHAR NOT NULL,    -- 'all' or the prototype_id
    n_sealed INTEGER NOT NULL, n_scored INTEGER NOT NULL, n_inside INTEGER NOT NULL, share DOUBLE, share_low DOUBLE, share_high DOUBLE,
    promised DOUBLE NOT NULL, state VARCHAR NOT NULL,   -- 'too few', 'too sure', 'as promised', 'too cautious'
    mean_skill DOUBLE, error_median DOUBLE, error_longest_run INTEGER, error_longest_run_max INTEGER, error_n_crossings INTEGER,
    error_n_crossings_min INTEGER, error_signal BOOLEAN, sentence VARCHAR NOT NULL, error_sentence VARCHAR NOT NULL,
    PRIMARY KEY (scope, scope_id)
);

CREATE TABLE prediction_error (   -- one row a scored prediction of a scope, in order of the day it fell due
    scope VARCHAR NOT NULL, scope_id VARCHAR NOT NULL, position INTEGER NOT NULL, cycle_id VARCHAR NOT NULL, due_on DATE NOT NULL,
    value DOUBLE NOT NULL,        -- |observed - middle of the range| in half-widths of the range: up to 1 lies inside
    place DOUBLE NOT NULL,        -- the same with its sign, for the picture: -1 to 1 inside
    is_inside BOOLEAN NOT NULL, median DOUBLE, words VARCHAR NOT NULL, PRIMARY KEY (scope, scope_id, position)
);

CREATE TABLE gate (               -- one row a prototype and rule of readiness to scale; never a total
    prototype_id VARCHAR NOT NULL, rule VARCHAR NOT NULL, display_order INTEGER NOT NULL,
    answer VARCHAR NOT NULL,      -- 'yes', 'no', 'cannot yet tell'
    evidence VARCHAR NOT NULL,
    label VARCHAR NOT NULL,       -- the rule in words
    sentence VARCHAR NOT NULL,    -- all rules of the prototype in words, the same on each of its rows
    PRIMARY KEY (prototype_id, rule)
);

CREATE TABLE decision (           -- one row a decision recorded on a cycle, oldest first
    record_id VARCHAR PRIMARY KEY, cycle_id VARCHAR NOT NULL, decision VARCHAR NOT NULL, decided_on DATE NOT NULL, reason VARCHAR NOT NULL,
    next_step VARCHAR, by_whom VARCHAR, by_when DATE, who VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL, is_standing BOOLEAN NOT NULL
);

CREATE TABLE learning (           -- one row what a group wrote that it learned from a cycle
    record_id VARCHAR PRIMARY KEY, cycle_id VARCHAR NOT NULL, text VARCHAR NOT NULL, who VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL,
    is_standing BOOLEAN NOT NULL
);

CREATE TABLE dissent (            -- one row another reading of a cycle or a chart, shown wherever they are
    record_id VARCHAR PRIMARY KEY, about VARCHAR NOT NULL, text VARCHAR NOT NULL, role VARCHAR, who VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL
);

CREATE TABLE annotation (         -- one row something that happened, told on the charts of a prototype
    record_id VARCHAR PRIMARY KEY, prototype_id VARCHAR NOT NULL, happened_on DATE NOT NULL, text VARCHAR NOT NULL, who VARCHAR NOT NULL
);

CREATE TABLE quote (              -- one row what somebody said; the shared mart has those with consent for everyone
    record_id VARCHAR PRIMARY KEY, prototype_id VARCHAR NOT NULL, cycle_id VARCHAR, text VARCHAR NOT NULL, said_by VARCHAR NOT NULL,
    consent VARCHAR NOT NULL      -- 'group', 'everyone'
);

CREATE TABLE meeting (            -- one row a meeting, as it stands
    meeting_id VARCHAR PRIMARY KEY, held_on DATE NOT NULL, name VARCHAR NOT NULL,
    since DATE NOT NULL,          -- the day that its news reached back to
    minutes INTEGER,              -- how long it took; NULL while it is open
    text VARCHAR,                 -- what else was said
    who VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL, record_id VARCHAR NOT NULL
);

CREATE TABLE agreed (             -- one row a thing agreed at a meeting, oldest first, also what stands no more
    record_id VARCHAR PRIMARY KEY, meeting_id VARCHAR NOT NULL, held_on DATE NOT NULL,
    item VARCHAR NOT NULL,        -- change_id of what the question came from
    about VARCHAR NOT NULL,       -- cycle_id or series_id
    neighbourhood_id VARCHAR, prototype_id VARCHAR,
    question VARCHAR NOT NULL, choice VARCHAR NOT NULL, reason VARCHAR, by_whom VARCHAR, by_when DATE,
    who VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL, is_standing BOOLEAN NOT NULL,
    became VARCHAR, became_on DATE, became_text VARCHAR,   -- what became of it, told last; NULL: nobody said yet
    sentence VARCHAR NOT NULL     -- 'Find the cause: GP health lead, by 8 December. Done.'
);

CREATE TABLE change (             -- one row a thing that happened or fell due, of the last year of the data; never news by itself
    change_id VARCHAR PRIMARY KEY,             -- kind, series or cycle, and day: the same in every build; named in links
    kind VARCHAR NOT NULL,        -- 'cycle closed', 'prediction due', 'signal', 'proposal', 'decision', 'baseline', 'rebase', 'cycle opened'
    happened_on DATE NOT NULL,    -- of a signal the last day of the period in which it first showed
    neighbourhood_id VARCHAR NOT NULL, prototype_id VARCHAR NOT NULL, domain VARCHAR, measure_id VARCHAR, series_id VARCHAR, cycle_id VARCHAR,
    direction VARCHAR,            -- of a signal: 'better', 'worse', 'changed'; of a prediction: 'held', 'missed', 'not known'
    is_open BOOLEAN NOT NULL,     -- a signal that holds at the latest point, a cycle nobody has decided on, a proposal that stands
    display_order INTEGER NOT NULL,            -- west to east, then as a meeting takes the kinds; never by size
    title VARCHAR NOT NULL,       -- 'Creekside, days to follow-up'
    sentence VARCHAR NOT NULL,    -- what happened, against what, what that does not mean
    question VARCHAR,             -- 'Is follow-up in Creekside getting slower?'; NULL where nothing is to be decided now
    choices VARCHAR               -- what the meeting may choose, comma-separated words of Choice; NULL where nothing is
);

CREATE TABLE news_since (         -- one row a day that one may look back to, within the last year of the data
    since DATE PRIMARY KEY,
    n_charts INTEGER NOT NULL,    -- charts with a point after that day that can be tested
    n_signals INTEGER NOT NULL,   -- charts with a signal that began after it
    n_kept INTEGER NOT NULL,      -- of these, charts kept by Benjamini-Hochberg (q = 0.10) over all n_charts
    by_chance DOUBLE,             -- charts of n_charts that chance alone would give a new signal in that time
    sentence VARCHAR NOT NULL     -- 'Three of 62 charts show a new signal. Chance alone would give about 2.'
);

CREATE TABLE news_kept (          -- one row a day to look back to and change that outlasts the number of charts or cycles looked at
    since DATE NOT NULL, change_id VARCHAR NOT NULL, p_value DOUBLE NOT NULL, PRIMARY KEY (since, change_id)
);

CREATE TABLE baseline_decision (  -- one row a usual range accepted or moved, with a name and a reason
    record_id VARCHAR PRIMARY KEY, series_id VARCHAR NOT NULL, what VARCHAR NOT NULL,   -- 'baseline' or 'rebase'
    first_on DATE, last_on DATE,  -- of a baseline: the points that set the range
    from_on DATE,                 -- of a rebase
    answers VARCHAR,              -- of a rebase: JSON of the five answers
    reason VARCHAR NOT NULL, who VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL, is_standing BOOLEAN NOT NULL,
    note VARCHAR                  -- why it is not applied, where it is not
);

CREATE TABLE locality_value (     -- one row an area, indicator, sex, age, category, period and release of a published figure
    area_code VARCHAR NOT NULL, area_name VARCHAR NOT NULL,
    geography VARCHAR,            -- kind of area, with its vintage where published: 'Counties & UAs (from Apr 2023)'
    indicator VARCHAR NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL,
    value DOUBLE,                 -- as published, in `unit`; NULL where suppressed or not published, never 0 for that
    lower_95 DOUBLE, upper_95 DOUBLE, unit VARCHAR, source VARCHAR, released_on DATE,
    indicator_id VARCHAR,         -- the publisher's code: '90362', 'CVDP007HYP', 'HYP008'
    sex VARCHAR, age VARCHAR,     -- sex: 'male', 'female', 'persons'; age as published
    category_type VARCHAR, category VARCHAR,   -- set for rows of a part of the people (a tenth by deprivation); NULL: all of them
    count DOUBLE, denominator DOUBLE,
    period_published VARCHAR,     -- '2020 - 22', 'To March 2025', '2023/24'
    note VARCHAR, is_suppressed BOOLEAN NOT NULL DEFAULT false,
    retrieved_on DATE,            -- day on which the file was fetched, where it was
    load_id VARCHAR, line INTEGER -- the line of the file that it came from
);

CREATE TABLE published_indicator (-- one row an indicator as its publisher describes it
    indicator_id VARCHAR NOT NULL, name VARCHAR NOT NULL, unit VARCHAR,
    better VARCHAR,               -- 'up', 'down', 'neither'
    group_name VARCHAR, people VARCHAR,        -- people: who is counted, as published: 'TOTAL', '79UN'
    value_type VARCHAR, points DOUBLE,         -- points: what a practice is paid by at most (QOF)
    source VARCHAR, updated_on DATE, load_id VARCHAR NOT NULL, line INTEGER
);

CREATE TABLE published_category ( -- one row a category of people that figures are published by
    category_type VARCHAR NOT NULL, category VARCHAR NOT NULL, sequence INTEGER, load_id VARCHAR NOT NULL, line INTEGER
);

CREATE TABLE practice (           -- one row a general practice and its primary care network, of one list
    practice_code VARCHAR NOT NULL, practice_name VARCHAR NOT NULL, pcn_code VARCHAR, pcn_name VARCHAR,
    sub_icb_code VARCHAR, icb_code VARCHAR,
    year VARCHAR,                 -- QOF year of the list: '2023/24'
    load_id VARCHAR NOT NULL, line INTEGER
);

-- Areas: a code is known with the vintage of its boundaries (the year in the published heading, WD24CD). The same table
-- may be loaded twice, from two files; readers take the row released last (sql/neighbourhood_fact.sql).

CREATE TABLE ward (               -- one row a ward and table that names it; its first and last year, NULL where not known
    ward_code VARCHAR NOT NULL, name VARCHAR NOT NULL, lad_code VARCHAR, first_vintage INTEGER, last_vintage INTEGER,
    source VARCHAR, released_on DATE, load_id VARCHAR NOT NULL, line INTEGER NOT NULL
);

CREATE TABLE small_area_ward (    -- one row a small area (LSOA) and the ward that it fits best, of one year and table
    lsoa_code VARCHAR NOT NULL, lsoa_vintage INTEGER NOT NULL, lsoa_name VARCHAR,
    ward_code VARCHAR NOT NULL, ward_vintage INTEGER NOT NULL, ward_name VARCHAR NOT NULL,
    lad_code VARCHAR, lad_vintage INTEGER, lad_name VARCHAR,
    source VARCHAR, released_on DATE, load_id VARCHAR NOT NULL, line INTEGER NOT NULL
);

CREATE TABLE small_area_change (  -- one row a small area of 2011 and one of 2021 that it became part of
    lsoa11_code VARCHAR NOT NULL, lsoa21_code VARCHAR NOT NULL,
    change VARCHAR NOT NULL,      -- 'U' unchanged, 'S' split, 'M' merged, 'X' irregular
    source VARCHAR, released_on DATE, load_id VARCHAR NOT NULL, line INTEGER NOT NULL
);

CREATE TABLE small_area_residents (   -- one row a small area and day: people who live there
    lsoa_code VARCHAR NOT NULL, lsoa_vintage INTEGER NOT NULL, counted_on DATE NOT NULL, residents INTEGER NOT NULL,
    source VARCHAR, released_on DATE, load_id VARCHAR NOT NULL, line INTEGER NOT NULL
);

CREATE TABLE deprivation (        -- one row an edition of the indices, small area and domain, as published
    edition INTEGER NOT NULL, lsoa_code VARCHAR NOT NULL, lsoa_vintage INTEGER NOT NULL,
    domain VARCHAR NOT NULL,      -- 'imd' (all together), 'income', 'employment', 'education', 'health', 'crime', ...
    score DOUBLE, rank INTEGER, decile INTEGER,   -- rank 1 and decile 1: most deprived in England; scores may be below 0
    source VARCHAR, released_on DATE, load_id VARCHAR NOT NULL, line INTEGER NOT NULL
);

CREATE TABLE deprivation_2021 (   -- one row an edition, domain and small area of 2021; older editions by the change table
    edition INTEGER NOT NULL, lsoa_code VARCHAR NOT NULL, domain VARCHAR NOT NULL,
    score DOUBLE,                 -- of a merged area: mean of its parts weighted by residents, where both are published
    rank INTEGER, decile INTEGER, -- NULL where areas merged or changed irregularly: ranks are never averaged
    change VARCHAR,               -- how it came from the areas of 2011; NULL where published on those of 2021
    n_old INTEGER NOT NULL,       -- how many areas of 2011 it was made of
    source VARCHAR, released_on DATE, PRIMARY KEY (edition, domain, lsoa_code)
);

CREATE TABLE neighbourhood_ward ( -- one row a ward of a neighbourhood as written; without a code the reason
    neighbourhood_id VARCHAR NOT NULL, written VARCHAR NOT NULL, ward_code VARCHAR, name VARCHAR, reason VARCHAR
);

CREATE TABLE neighbourhood_fact ( -- one row a published fact about a neighbourhood; never a result of a prototype
    neighbourhood_id VARCHAR NOT NULL,
    fact VARCHAR NOT NULL,        -- 'residents', 'deprived in England', 'deprived in the borough', 'decile',
                                  -- 'recorded hypertension', 'healthy life expectancy'
    part VARCHAR NOT NULL,        -- 'all'; decile: '1' to '10'; healthy life expectancy: 'female', 'male'
    area_code VARCHAR, area_name VARCHAR,     -- whom the figure is about, where that is not the neighbourhood itself
    value DOUBLE,                 -- people; small areas; a share 0 to 1; years. NULL: see why_missing
    out_of DOUBLE,                -- small areas in all; people on the lists of the practices
    lower_95 DOUBLE, upper_95 DOUBLE, period_start DATE, period_end DATE,
    edition INTEGER,              -- of the indices of deprivation
    source VARCHAR, released_on DATE,
    why_missing VARCHAR,          -- what is not there, and how to load it
    PRIMARY KEY (neighbourhood_id, fact, part)
);
