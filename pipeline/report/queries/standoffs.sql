-- Stand-offs of ships: refused, allowed, how long.
--
-- A ship is an actor whose id begins with vessel/. It is refused where it is the target of an actual refusal by others
-- than people on the move, smugglers or aid organisations, or of a port or border that closes. It is let in where an
-- actual event admits it or people aboard, brings them ashore, opens a port to it, or has it arrive.
--
-- A stand-off begins with a first refusal and ends on the first day, then or later, on which the ship is let in. Refusals
-- in between belong to it. Where 60 days pass without a word, it has ended in a way that was not told. Refusals without a
-- date are put together by ship, and nothing is said of what followed.
WITH
told AS (
    SELECT
        unnest(list_distinct(list_transform(sources || targets, lambda a: a.actor_id))) AS ship,
        list_transform(targets, lambda a: a.actor_id) AS target_ids,
        event_cluster_id, event_type, event_subtype
    FROM events
),
steps AS (
    SELECT DISTINCT
        ship, c.event_cluster_id, c.series_date AS day, c.source_codes, c.place_country,
        coalesce(c.event_date_precision = 'day', false) AS exact,
        CASE
            WHEN list_contains(target_ids, ship)
                AND (told.event_type = 'refusal' OR (told.event_type, event_subtype) = ('border_control', 'closing'))
                AND (len(c.source_codes) = 0 OR len(list_filter(c.source_codes, lambda s: s NOT IN ('REF', 'CRM', 'NGO'))) > 0)
                THEN 'refused'
            WHEN told.event_type = 'admission'
                OR (told.event_type, event_subtype) IN (
                    ('rescue', 'brought_ashore'), ('border_control', 'reopening'), ('incident', 'arrival')
                )
                THEN 'allowed'
        END AS step
    FROM told JOIN clusters c USING (event_cluster_id)
    WHERE starts_with(ship, 'vessel/') AND c.factuality = 'actual'
),
dated AS (
    SELECT *, step = 'refused' AND (
            lag(step) OVER of_ship IS DISTINCT FROM 'refused' OR day - lag(day) OVER of_ship > 60
        ) AS begins
    FROM steps
    WHERE step IS NOT NULL AND day IS NOT NULL
    WINDOW of_ship AS (PARTITION BY ship ORDER BY day, step DESC, event_cluster_id) -- on one day, refused before allowed
),
numbered AS (
    SELECT *, count_if(begins) OVER (PARTITION BY ship ORDER BY day, step DESC, event_cluster_id) AS number FROM dated
    UNION ALL BY NAME
    SELECT * FROM steps WHERE step = 'refused' AND day IS NULL
),
standoffs AS (
    SELECT
        ship,
        min(day) FILTER (step = 'refused') AS refused_on,
        max(day) FILTER (step = 'refused') AS last_refused_on,
        bool_and(exact) FILTER (step = 'refused' AND begins) AS begin_exact,
        list_sort(list_distinct(flatten(list(source_codes) FILTER (step = 'refused')))) AS refused_by,
        list(DISTINCT event_cluster_id ORDER BY event_cluster_id) FILTER (step = 'refused') AS refusals,
        arg_min(
            {day: day, cluster: event_cluster_id, country: place_country, exact: exact}, (day, event_cluster_id)
        ) FILTER (step = 'allowed') AS allowed
    FROM numbered
    GROUP BY ship, number
    HAVING count_if(step = 'refused') > 0
)
SELECT
    ship, refused_on, last_refused_on, refused_by, refusals,
    CASE WHEN told_of THEN allowed.day END AS allowed_on,
    CASE WHEN told_of THEN allowed.country END AS allowed_in,
    CASE WHEN told_of THEN allowed.cluster END AS allowed_cluster,
    CASE WHEN told_of THEN allowed.day - refused_on END AS days,
    CASE WHEN told_of THEN begin_exact AND allowed.exact END AS exact -- else a date is a month's or year's first, or a report's
FROM (SELECT *, coalesce(allowed.day - last_refused_on <= 60, false) AS told_of FROM standoffs)
ORDER BY refused_on DESC NULLS LAST, ship
