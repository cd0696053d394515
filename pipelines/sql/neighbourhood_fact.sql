-- neighbourhood_fact: one row a neighbourhood, fact and part. Keys: neighbourhood_id, fact, part.
-- Units: residents in people; deprivation in small areas, out_of all of them; recorded hypertension as a share of 0 to 1,
-- out_of people on the lists; healthy life expectancy in years.
-- Reads neighbourhood, neighbourhood_ward, small_area_ward, small_area_change, small_area_residents, deprivation, practice,
-- locality_value. A neighbourhood is the small areas (2021) that fit its wards best; what is not known is a row without a
-- value that says why and how to mend it. A table loaded from two files is taken from the one released last.

-- The small areas of each ward, by the latest lookup that knows the ward.
CREATE OR REPLACE TEMP TABLE ward_area AS
WITH lookup AS (
    FROM small_area_ward WHERE lsoa_vintage = 2021
    QUALIFY row_number() OVER (
        PARTITION BY lsoa_code, ward_vintage ORDER BY released_on DESC NULLS LAST, load_id, line
    ) = 1
)
SELECT lsoa_code, ward_code, lad_code, lad_name FROM lookup
QUALIFY rank() OVER (PARTITION BY ward_code ORDER BY ward_vintage DESC) = 1;

CREATE OR REPLACE TEMP TABLE place_area AS
SELECT DISTINCT ON (placed.neighbourhood_id, lsoa_code) placed.neighbourhood_id, lsoa_code, lad_code, lad_name
FROM neighbourhood_ward AS placed JOIN ward_area USING (ward_code);

-- One row a neighbourhood: how many small areas it has, the borough where there is one, and why its wards are not all known.
CREATE OR REPLACE TEMP TABLE place AS
WITH stated AS (
    SELECT
        neighbourhood_id, count(*) AS n_wards,
        min(written || ': ' || reason) FILTER (reason IS NOT NULL) AS reason,
        min(written) FILTER (ward_code IS NOT NULL AND ward_code NOT IN (SELECT ward_code FROM ward_area)) AS no_lookup
    FROM neighbourhood_ward GROUP BY neighbourhood_id
),
areas AS (
    SELECT
        neighbourhood_id, count(*) AS n_areas,
        if(count(DISTINCT lad_code) = 1, min(lad_code), NULL) AS lad_code,
        if(count(DISTINCT lad_code) = 1, min(lad_name), NULL) AS lad_name
    FROM place_area GROUP BY neighbourhood_id
)
SELECT
    neighbourhood_id, pcn_code, coalesce(n_areas, 0) AS n_areas, lad_code, lad_name,
    CASE
        WHEN n_wards IS NULL THEN 'No ward of this neighbourhood is stated. Write its wards in neighbourhoods.csv: codes, or '
            || 'names with the year of the wards in wards_vintage.'
        WHEN reason IS NOT NULL THEN 'Not every ward is known. ' || reason
        WHEN no_lookup IS NOT NULL THEN 'No small areas are known of the ward ' || no_lookup || '. Put the lookup of small '
            || 'areas (2021) to wards of the ONS Open Geography Portal into the folder localities, and build again.'
    END AS why_missing
FROM neighbourhood
LEFT JOIN stated USING (neighbourhood_id)
LEFT JOIN areas USING (neighbourhood_id);

-- Residents: the sum over its small areas, of the latest day on which all of them were counted.
INSERT INTO neighbourhood_fact
WITH counted AS (
    FROM small_area_residents WHERE lsoa_vintage = 2021
    QUALIFY row_number() OVER (
        PARTITION BY lsoa_code, counted_on ORDER BY released_on DESC NULLS LAST, load_id, line
    ) = 1
),
total AS (
    SELECT
        neighbourhood_id, counted_on, sum(residents) AS residents, count(*) AS n_counted, max(source) AS source,
        max(released_on) AS released_on
    FROM place_area JOIN counted USING (lsoa_code)
    GROUP BY neighbourhood_id, counted_on
),
latest AS (
    SELECT total.* FROM total JOIN place USING (neighbourhood_id) WHERE n_counted = n_areas
    QUALIFY row_number() OVER (PARTITION BY neighbourhood_id ORDER BY counted_on DESC) = 1
)
SELECT
    neighbourhood_id, 'residents', 'all', NULL, NULL, if(why_missing IS NULL, residents, NULL), n_areas, NULL, NULL,
    counted_on, counted_on, NULL, source, released_on,
    coalesce(why_missing, if(residents IS NULL, 'Residents of its small areas are not loaded, or not of all of them. Put '
        || 'the Census 2021 counts by small area into the folder localities, and build again.', NULL))
FROM place LEFT JOIN latest USING (neighbourhood_id);

-- Deprivation: small areas of the newest edition, each placed where it lies. On areas of 2011 an area counts once, where
-- all that became of it lies in one neighbourhood; ranks in the borough are ranks among all of the borough's areas.
CREATE OR REPLACE TEMP TABLE placed_rank AS
WITH newest AS (
    FROM deprivation
    WHERE domain = 'imd' AND edition = (SELECT max(edition) FROM deprivation WHERE domain = 'imd')
    QUALIFY row_number() OVER (PARTITION BY lsoa_code ORDER BY released_on DESC NULLS LAST, load_id, line) = 1
),
vintage AS (SELECT max(lsoa_vintage) AS vintage FROM newest),
became AS (
    SELECT DISTINCT lsoa_code AS old_code, lsoa_code FROM ward_area, vintage WHERE vintage = 2021
    UNION
    SELECT DISTINCT lsoa11_code, lsoa21_code FROM small_area_change, vintage WHERE vintage = 2011
),
where_it_lies AS (                -- of each area and neighbourhood: whether every part of it lies there
    SELECT
        became.old_code, any_value(ward_area.lad_code) AS lad_code, any_value(ward_area.lad_name) AS lad_name,
        count(DISTINCT ward_area.lad_code) AS n_boroughs, count(DISTINCT became.lsoa_code) AS n_parts
    FROM became JOIN ward_area USING (lsoa_code) GROUP BY became.old_code
),
in_borough AS (
    SELECT
        old_code, lad_code, lad_name, n_parts, newest.rank, newest.decile, newest.source, newest.released_on, newest.edition,
        row_number() OVER borough * 5 <= count(*) OVER whole_borough AS in_worst_fifth,
        count(*) OVER whole_borough = count(newest.rank) OVER whole_borough AS is_whole
    FROM where_it_lies LEFT JOIN newest ON newest.lsoa_code = old_code
    WHERE n_boroughs <= 1
    WINDOW borough AS (PARTITION BY lad_code ORDER BY newest.rank NULLS LAST, old_code), whole_borough AS (PARTITION BY lad_code)
)
SELECT place_area.neighbourhood_id, in_borough.*
FROM in_borough
JOIN became USING (old_code)
JOIN place_area USING (lsoa_code)
GROUP BY ALL
HAVING count(DISTINCT became.lsoa_code) = n_parts;

CREATE OR REPLACE TEMP MACRO no_deprivation() AS 'The index of multiple deprivation of its small areas is not loaded, or not '
    || 'of all of them. Put the file of all ranks, deciles and scores (English indices of deprivation) into the folder '
    || 'localities, and build again.';

INSERT INTO neighbourhood_fact
WITH profile AS (
    SELECT
        neighbourhood_id, count(*) AS n_areas, count(decile) AS n_deciles, bool_and(is_whole) AS is_whole,
        count(*) FILTER (decile <= 2) AS in_england, count(*) FILTER (in_worst_fifth) AS in_borough,
        max(edition) AS edition, max(source) AS source, max(released_on) AS released_on
    FROM placed_rank GROUP BY neighbourhood_id
)
SELECT
    neighbourhood_id, fact.name, 'all', if(fact.is_borough, lad_code, 'E92000001'),
    if(fact.is_borough, lad_name, 'England'),
    if(place.why_missing IS NULL AND is_known, if(fact.is_borough, in_borough, in_england), NULL), profile.n_areas,
    NULL, NULL, NULL, NULL, edition, source, released_on,
    coalesce(place.why_missing, if(coalesce(is_known, false), NULL, no_deprivation()))
FROM place
CROSS JOIN (VALUES ('deprived in England', false), ('deprived in the borough', true)) AS fact(name, is_borough)
LEFT JOIN profile USING (neighbourhood_id)
CROSS JOIN LATERAL (
    SELECT n_deciles = profile.n_areas AND (is_whole OR NOT fact.is_borough) AS is_known
) AS known;

INSERT INTO neighbourhood_fact
SELECT
    neighbourhood_id, 'decile', part.decile::VARCHAR, 'E92000001', 'England', count(placed_rank.decile),
    any_value(counted.out_of), NULL, NULL, NULL, NULL, any_value(counted.edition), any_value(counted.source),
    any_value(counted.released_on), NULL
FROM neighbourhood_fact AS counted
CROSS JOIN range(1, 11) AS part(decile)
LEFT JOIN placed_rank USING (neighbourhood_id, decile)
WHERE counted.fact = 'deprived in England' AND counted.value IS NOT NULL
GROUP BY neighbourhood_id, part.decile;

-- Recorded hypertension: the registers of the practices of its network over the people on their lists; where no practice
-- is loaded, the figure published for the network itself. Never by sub-ICB: one code there covers all of north east London.
INSERT INTO neighbourhood_fact
WITH figure AS (
    SELECT *, if(unit = '%', value / 100, value) AS share FROM locality_value
    WHERE category IS NULL AND value IS NOT NULL AND coalesce(sex, 'persons') = 'persons'
      AND (indicator_id IN ('HYP', '219', 'CVDP001HYP')
           OR (contains(lower(indicator), 'hypertension') AND contains(lower(indicator), 'prevalence')))
),
member AS (
    SELECT practice_code, pcn_code, pcn_name FROM practice
    QUALIFY row_number() OVER (PARTITION BY practice_code ORDER BY "year" DESC NULLS LAST, load_id, line) = 1
),
network AS (SELECT pcn_code, max(pcn_name) AS pcn_name, count(*) AS n_practices FROM member GROUP BY pcn_code),
practices AS (
    SELECT
        member.pcn_code, period_start, period_end, sum("count") AS register, sum(denominator) AS lists, count(*) AS n_told,
        max(source) AS source, max(released_on) AS released_on
    FROM member JOIN (
        FROM figure WHERE "count" IS NOT NULL AND denominator > 0
        QUALIFY row_number() OVER (
            PARTITION BY area_code, period_start, period_end ORDER BY released_on DESC NULLS LAST, load_id, line
        ) = 1
    ) AS figure ON figure.area_code = practice_code
    GROUP BY member.pcn_code, period_start, period_end
    QUALIFY row_number() OVER (PARTITION BY member.pcn_code ORDER BY period_end DESC, period_start DESC) = 1
),
published AS (
    SELECT area_code AS pcn_code, period_start, period_end, share, lower_95, upper_95, unit, denominator, source, released_on,
           area_name
    FROM figure
    QUALIFY row_number() OVER (PARTITION BY area_code ORDER BY period_end DESC, released_on DESC NULLS LAST, load_id) = 1
)
SELECT
    neighbourhood_id, 'recorded hypertension', 'all', place.pcn_code,
    CASE
        WHEN practices.register IS NOT NULL THEN
            if(n_told = n_practices, 'all ' || n_practices, n_told || ' of ' || n_practices) || ' practices of '
            || coalesce(pcn_name, place.pcn_code)
        ELSE coalesce(published.area_name, pcn_name)
    END,
    coalesce(practices.register / practices.lists, published.share), coalesce(practices.lists, published.denominator),
    if(practices.register IS NULL, published.lower_95 / if(published.unit = '%', 100, 1), NULL),
    if(practices.register IS NULL, published.upper_95 / if(published.unit = '%', 100, 1), NULL),
    coalesce(practices.period_start, published.period_start), coalesce(practices.period_end, published.period_end), NULL,
    if(practices.register IS NULL, published.source, practices.source),
    if(practices.register IS NULL, published.released_on, practices.released_on),
    CASE
        WHEN place.pcn_code IS NULL THEN 'No primary care network is stated for this neighbourhood. Write its code in '
            || 'pcn_code of neighbourhoods.csv, and put the QOF files on prevalence and on NHS geographies into the folder '
            || 'localities; then build again.'
        WHEN practices.register IS NULL AND published.share IS NULL THEN 'No figure is loaded for the practices of '
            || coalesce(pcn_name, place.pcn_code) || '. Put the QOF files on prevalence and on NHS geographies into the folder '
            || 'localities, and build again.'
    END
FROM place
LEFT JOIN network USING (pcn_code)
LEFT JOIN practices USING (pcn_code)
LEFT JOIN published USING (pcn_code);

-- Healthy life expectancy at birth of the borough: the latest figure, women and men apart.
INSERT INTO neighbourhood_fact
WITH figure AS (
    SELECT
        *, coalesce(sex, if(contains(lower(indicator), 'female'), 'female', if(contains(lower(indicator), 'male'), 'male', NULL)))
            AS part
    FROM locality_value
    WHERE category IS NULL AND value IS NOT NULL AND contains(lower(indicator), 'healthy life expectancy')
      AND NOT contains(indicator, '65') AND NOT contains(coalesce(age, ''), '65')
),
latest AS (
    FROM figure
    QUALIFY row_number() OVER (
        PARTITION BY area_code, part ORDER BY period_end DESC, released_on DESC NULLS LAST, load_id, line
    ) = 1
)
SELECT
    neighbourhood_id, 'healthy life expectancy', sex.part, lad_code, coalesce(latest.area_name, lad_name), latest.value, NULL,
    latest.lower_95, latest.upper_95, latest.period_start, latest.period_end, NULL, latest.source, latest.released_on,
    CASE
        WHEN latest.value IS NOT NULL THEN NULL
        WHEN lad_code IS NULL THEN coalesce(place.why_missing, 'The small areas of this neighbourhood lie in no borough, or in '
            || 'more than one; healthy life expectancy is published for boroughs.')
        ELSE 'No figure is loaded for ' || coalesce(lad_name, lad_code) || '. Put the CSV of the ONS page "Explore local '
            || 'statistics", indicator healthy life expectancy, into the folder localities, and build again.'
    END
FROM place
CROSS JOIN (VALUES ('female'), ('male')) AS sex(part)
LEFT JOIN latest ON latest.area_code = place.lad_code AND latest.part = sex.part;
