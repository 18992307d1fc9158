-- What was read, by day of publication, all publishers together: the denominator of every trend.
SELECT day, sum(articles)::BIGINT AS articles, sum(relevant)::BIGINT AS relevant
FROM coverage
GROUP BY day
ORDER BY day NULLS LAST
