-- Actions of some channels that are due, the earliest first, and whether their ledger row was taken back; locked, and without what somebody else has locked.
SELECT a.id, a.customer_id, a.cause_kind, a.campaign, a.step, a.variant, a.channel, a.kind, a.tag, a.transition_id, a.scheduled_for, a.due_at, a.cause_due_at,
    a.cause_at, a.is_repeat, a.tries, a.first_try_at, a.send_key, t.undone_at IS NOT NULL AS undone
FROM campaign_actions a
LEFT JOIN customer_status_assignments t ON t.customer_id = a.customer_id AND t.number = a.cause_number AND a.cause_kind = 0
WHERE a.status IN (0, 1) AND a.due_at <= $1 AND a.channel = ANY ($2)
ORDER BY a.due_at, a.id
LIMIT $3
FOR UPDATE OF a SKIP LOCKED
