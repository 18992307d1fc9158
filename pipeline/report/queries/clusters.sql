-- Every event as the report counts it: a row of clusters, with what its representative says, and who takes part.
-- The latest first; those without a date last.
WITH
-- Where: coordinates that members give for the cluster's own place.
located AS (
    SELECT event_cluster_id, place_name, min_by((latitude, longitude), event_id) AS position
    FROM events
    WHERE latitude IS NOT NULL AND longitude IS NOT NULL
    GROUP BY ALL
),
-- In which direction: the representative's word, else that of the surest member which has one.
directed AS (
    SELECT DISTINCT ON (e.event_cluster_id) e.event_cluster_id, restrictiveness, policy_area, policy_tool
    FROM events e JOIN clusters c USING (event_cluster_id)
    WHERE restrictiveness IS NOT NULL
    ORDER BY e.event_cluster_id, e.event_id = c.representative DESC, confidence DESC, e.event_id
),
-- Who by name: bodies, people and ships that have an id and a name, of all members.
named AS (
    SELECT event_cluster_id, list_sort(list_distinct(list(actor.actor_id))) AS actor_ids
    FROM (SELECT event_cluster_id, unnest(sources || targets) AS actor FROM events)
    WHERE actor.actor_id IS NOT NULL AND actor.canonical_name IS NOT NULL
    GROUP BY event_cluster_id
)
SELECT
    c.event_cluster_id,
    c.event_type,
    c.factuality,
    c.series_date,
    c.event_date_precision,
    c.event_date IS NOT NULL AS dated, -- else series_date is the day of the first report, or null
    c.place_name,
    c.place_country,
    located.position[1] AS latitude,
    located.position[2] AS longitude,
    c.source_codes,
    c.target_codes,
    coalesce(named.actor_ids, []) AS actor_ids,
    directed.restrictiveness,
    directed.policy_area,
    directed.policy_tool,
    c.reports,
    c.articles,
    list_transform(told.corrections, lambda c: c.field) AS corrected,
    told.evidence,
    told.url,
    told.publisher,
    told.published_date,
    articles.title
FROM clusters c
JOIN events told ON told.event_id = c.representative
LEFT JOIN articles ON articles.article_id = told.article_id
LEFT JOIN located ON located.event_cluster_id = c.event_cluster_id AND located.place_name = c.place_name
LEFT JOIN directed ON directed.event_cluster_id = c.event_cluster_id
LEFT JOIN named ON named.event_cluster_id = c.event_cluster_id
ORDER BY c.series_date DESC NULLS LAST, told.published_at DESC NULLS LAST, c.event_cluster_id
