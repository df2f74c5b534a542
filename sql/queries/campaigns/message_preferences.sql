-- What the person of an action lets messages come by, in what language they read, and who said so last.
SELECT a.id, a.customer_id, a.campaign, a.step::int, a.channel, a.send_key, a.sent_at,
    c.locale, c.consent_email, c.consent_push, c.consent_in_app,
    CASE WHEN octet_length(c.trait_stamps) <= $2 THEN c.trait_stamps ELSE '' END
FROM campaign_actions a
JOIN customers c USING (customer_id)
WHERE a.id = $1
