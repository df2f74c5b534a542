#!/usr/bin/env python3
"""Counts the judged predictions again, from nothing but the exported file and the data's own label files.

    python3 src/Workbench/Training/recount.py PREDICTIONS.csv LABELS_FOLDER

LABELS_FOLDER holds PRESENTATION.snapshots.csv.gz. Only the standard library is used, and nothing of L-Step's code.
"""
import csv
import glob
import gzip
import os
import sys
from collections import defaultdict


def labels_of(folder):
    found = {}
    for path in glob.glob(os.path.join(folder, "*.snapshots.csv.gz")):
        with gzip.open(path, "rt", newline="") as file:
            for row in csv.DictReader(file):
                found[row["presentation"], row["id_student"], int(row["day"])] = row
    return found


def auc(scored):
    """Mann-Whitney by ranks, ties at their mean rank."""
    ordered = sorted(scored)
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += (at + 1 + end) / 2 * sum(y for _, y in ordered[at:end])
        at = end
    positives = sum(y for _, y in scored)
    negatives = len(scored) - positives
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


def average_precision(scored):
    ordered = sorted(scored, key=lambda one: -one[0])
    positives, total, at, hits = sum(y for _, y in scored), 0.0, 0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        new = sum(y for _, y in ordered[at:end])
        hits += new
        total += new * hits / end
        at = end
    return total / positives


def at_budget(scored, share):
    ordered = sorted(scored, key=lambda one: -one[0])
    taken = ordered[: round(len(ordered) * share)]
    hits = sum(y for _, y in taken)
    return hits / len(taken), hits / sum(y for _, y in scored)


def report(name, rows):
    scored = [(p, y) for p, _, y, _ in rows]
    count = len(rows)
    base = sum(y for _, y in scored) / count
    right = sum((p >= 0.5) == bool(y) for p, y in scored) / count
    rule = sum((recency >= 14) == bool(y) for _, _, y, recency in rows) / count
    print(f"{name}: {count} rows, base rate {base:.4f}")
    print(f"  AUC {auc(scored):.4f}  PR-AUC {average_precision(scored):.4f}  accuracy {right:.4f}  always no {1 - base:.4f}  "
          f"14-day rule {rule:.4f}")
    linear = [(q, y) for _, q, y, _ in rows]
    print(f"  logistic AUC {auc(linear):.4f}  accuracy {sum((q >= 0.5) == bool(y) for q, y in linear) / count:.4f}")
    for share in (0.05, 0.10):
        precision, recall = at_budget(scored, share)
        print(f"  highest {share:.0%}: precision {precision:.4f}, recall {recall:.4f}")


def main(predictions, folder):
    labels = labels_of(folder)
    rows, unknown = defaultdict(list), 0
    judged = set()
    with open(predictions, newline="") as file:
        for row in csv.DictReader(file):
            key = row["presentation"], row["id_student"], int(row["day"])
            label = labels.get(key)
            column = {"silent_14": "y_silent14", "cancelled_14": "y_wd14"}.get(row["target"])
            if column is None:
                # No click on days t+15 to t+28: the label of the snapshot 14 days later, of those still in the file then.
                label = labels.get((key[0], key[1], key[2] + 14))
                column = "y_silent14"
            if label is None or label[column] == "":
                unknown += row["target"] != "silent_15_28"
                continue
            own = labels[key]
            one = (float(row["probability"]), float(row["logistic"]), int(label[column]), int(own["recency"]))
            rows[row["target"]].append(one)
            if row["target"] == "silent_14":
                judged.add(key)
                if own["a7"] != "0":
                    rows["silent_14, active in the last 7 days"].append(one)
    for name in sorted(rows):
        report(name + (" (those enrolled and labelled 14 days later)" if name == "silent_15_28" else ""), rows[name])
    days = {day for _, _, day in judged}
    left_out = sum(1 for key, row in labels.items() if key[2] in days and row["y_silent14"] != "" and key not in judged)
    print(f"{unknown} predictions without a label; {left_out} labelled rows of the judged days without a prediction")


if __name__ == "__main__":
    main(*sys.argv[1:])
