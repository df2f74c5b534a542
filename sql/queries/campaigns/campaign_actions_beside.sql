-- Due marketing messages of some customers by some channels but for some others, as campaign_actions_due reads them; not locked: they are only looked at.
SELECT a.id, a.customer_id, a.cause_kind, a.campaign, a.step, a.variant, a.channel, a.kind, a.tag, a.transition_id, a.scheduled_for, a.due_at, a.cause_due_at,
    a.cause_at, a.is_repeat, a.tries, a.first_try_at, a.send_key, t.undone_at IS NOT NULL AS undone
FROM campaign_actions a
LEFT JOIN customer_status_assignments t ON t.customer_id = a.customer_id AND t.number = a.cause_number AND a.cause_kind = 0
WHERE a.customer_id = ANY ($4) AND a.kind = 1 AND a.status IN (0, 1) AND a.due_at <= $1 AND a.channel = ANY ($2) AND a.channel <> ALL ($3)
