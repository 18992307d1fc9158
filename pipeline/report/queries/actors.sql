-- Bodies, people and ships that have an id and a name, with the name that most events give.
SELECT actor.actor_id, mode(actor.canonical_name ORDER BY actor.canonical_name) AS name
FROM (SELECT unnest(sources || targets) AS actor FROM events)
WHERE actor.actor_id IS NOT NULL AND actor.canonical_name IS NOT NULL
GROUP BY actor.actor_id
ORDER BY actor.actor_id
