#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Weir Authors
# SPDX-License-Identifier: Apache-2.0
"""Recomputes Weir's decisions with no code of Weir: from its assessments, the revealed keys of chance and the policy.

  kcat -b BROKER -C -e -q -o beginning -t weir.assessments -f '%R%s' > assessments
  kcat -b BROKER -C -e -q -o beginning -t weir.chance      -f '%R%s' > chance
  weir policy show --merged > policy.json
  decide.py --schemas schemas/src/main/avro --policy policy.json --chance chance --assessments assessments

Every revealed key must open its commitment; every assessment of a revealed epoch must lie in it by the broker's time, and
its draws, audit probability, reason, tier, cost and probabilities must follow from what it stores. What a rule or a
magnitude makes mandatory is taken as it stands, and so are sums towards lines, full tiers, reached ceilings and
whether a request was granted.
Prints counts; exit 0 if all match, 1 if one does not or too few did.
Python's standard library alone.
"""
import argparse
import hashlib
import hmac
import json
import math
import pathlib
import re
import struct
import sys

PRIMITIVES = {"null", "boolean", "int", "long", "float", "double", "bytes", "string"}


class Idl:
    """The records of Avro IDL files, as far as Weir's use it."""

    def __init__(self, folder):
        self.folder, self.named, self.seen = folder, {}, set()

    def read(self, file):
        if file in self.seen:
            return self
        self.seen.add(file)
        text = re.sub(r"/\*.*?\*/", " ", (self.folder / file).read_text("utf-8"), flags=re.S)
        space = re.search(r"namespace\s+([\w.]+)\s*;", text).group(1)
        for imported in re.findall(r'import\s+idl\s+"([^"]+)"', text):
            self.read(imported)
        for kind, name, body in re.findall(r"\b(record|enum)\s+(\w+)\s*\{(.*?)\}(?=[^{}]*(?:\brecord\b|\benum\b|$))", text, re.S):
            full = space + "." + name
            if kind == "enum":
                symbols = [s.strip() for s in body.split(",")]
                self.named[full] = {"name": full, "type": "enum", "symbols": symbols}
            else:
                self.named[full] = {"name": full, "type": "record", "fields": self.fields(body, space)}
        return self

    def fields(self, body, space):
        fields = []
        for line in body.split(";"):
            declared = line.split("=")[0].strip()
            if declared:
                of, name = declared.rsplit(None, 1)
                fields.append({"name": name, "type": self.type(of.strip(), space)})
        return fields

    def type(self, of, space):
        if of.startswith("union"):
            return [self.type(t.strip(), space) for t in of[of.index("{") + 1 : of.rindex("}")].split(",")]
        for kind, key in (("array", "items"), ("map", "values")):
            if of.startswith(kind + "<"):
                return {"type": kind, key: self.type(of[len(kind) + 1 : -1].strip(), space)}
        if of == "timestamp_ms":
            return "long"
        return of if of in PRIMITIVES or "." in of else space + "." + of

    def canonical(self, of, told):
        """Avro's parsing canonical form."""
        if isinstance(of, list):
            return "[" + ",".join(self.canonical(t, told) for t in of) + "]"
        if isinstance(of, dict):
            key = "items" if of["type"] == "array" else "values"
            return '{"type":"%s","%s":%s}' % (of["type"], key, self.canonical(of[key], told))
        if of in PRIMITIVES or of in told:
            return '"%s"' % of
        told.add(of)
        named = self.named[of]
        if named["type"] == "enum":
            return '{"name":"%s","type":"enum","symbols":[%s]}' % (of, ",".join('"%s"' % s for s in named["symbols"]))
        fields = ",".join('{"name":"%s","type":%s}' % (f["name"], self.canonical(f["type"], told)) for f in named["fields"])
        return '{"name":"%s","type":"record","fields":[%s]}' % (of, fields)

    def fingerprint(self, name):
        """CRC-64-AVRO, little-endian."""
        empty = 0xC15D213AA4D7A795
        table = []
        for i in range(256):
            for _ in range(8):
                i = (i >> 1) ^ (empty & -(i & 1))
            table.append(i)
        crc = empty
        for byte in self.canonical(name, set()).encode():
            crc = (crc >> 8) ^ table[(crc ^ byte) & 0xFF]
        return struct.pack("<Q", crc)


class Decoder:
    """Reads one record in Avro's single-object encoding."""

    def __init__(self, idl, name):
        self.idl, self.name, self.mark = idl, name, b"\xc3\x01" + idl.fingerprint(name)

    def decode(self, data):
        if data[:10] != self.mark:
            raise ValueError("no %s of these schemas: %s" % (self.name, data[:10].hex()))
        self.data, self.at = data, 10
        value = self.read(self.name)
        if self.at != len(data):
            raise ValueError("%d bytes trail a %s" % (len(data) - self.at, self.name))
        return value

    def take(self, count):
        self.at += count
        return self.data[self.at - count : self.at]

    def long(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return (value >> 1) ^ -(value & 1)

    def blocks(self):
        while (count := self.long()) != 0:
            if count < 0:
                count = -count
                self.long()
            yield from range(count)

    def read(self, of):
        if isinstance(of, list):
            return self.read(of[self.long()])
        if isinstance(of, dict):
            if of["type"] == "array":
                return [self.read(of["items"]) for _ in self.blocks()]
            return {self.read("string"): self.read(of["values"]) for _ in self.blocks()}
        if of == "null":
            return None
        if of == "boolean":
            return self.take(1) == b"\x01"
        if of in ("int", "long"):
            return self.long()
        if of in ("float", "double"):
            return struct.unpack("<f" if of == "float" else "<d", self.take(4 if of == "float" else 8))[0]
        if of in ("bytes", "string"):
            value = self.take(self.long())
            return value if of == "bytes" else value.decode()
        named = self.idl.named[of]
        if named["type"] == "enum":
            return named["symbols"][self.long()]
        return {f["name"]: self.read(f["type"]) for f in named["fields"]}


def framed(path):
    """Values behind their length in four bytes, as kcat's %R%s writes them."""
    data, at = pathlib.Path(path).read_bytes(), 0
    while at < len(data):
        (length,) = struct.unpack_from(">i", data, at)
        at += 4
        if length >= 0:
            yield data[at : at + length]
            at += length


MIN, MAX, WIDTH = -800, 1199, 0.01
BUCKETS = MAX - MIN + 1
MANDATORY = {"ROUTE", "CATASTROPHIC", "ID_CONFLICT", "RETRY", "BYPASS", "VIOLATION"}


def bucket(log10):
    if not log10 < (MAX + 1) * WIDTH:
        return MAX
    return max(MIN, math.floor(log10 / WIDTH)) if log10 > -math.inf else MIN


def stands_for(asked, tier):
    return asked["id"] == tier["id"] or (tier["cost"] < asked["cost"] and tier["assurance"] < asked["assurance"])


class Ladder:
    """The tiers worth asking, cheapest first."""

    def __init__(self, tiers):
        self.rungs = []
        for tier in sorted(tiers, key=lambda t: (t["cost"], -t["assurance"])):
            if self.rungs and tier["assurance"] <= self.rungs[-1]["assurance"]:
                continue
            self.rungs.append(tier)
            while len(self.rungs) > 1 and self.slope(-1) >= self.slope(-2):
                del self.rungs[-2]
        self.height = len(self.rungs)
        self.offsets = [
            min(BUCKETS, math.floor(math.log10(self.slope(0) / self.slope(r)) / WIDTH + 0.5)) for r in range(self.height)
        ]

    def slope(self, rung):
        rung %= len(self.rungs)
        tier, below = self.rungs[rung], self.rungs[rung - 1] if rung else {"assurance": 0, "cost": 0}
        if not rung:
            return tier["assurance"] / tier["cost"]
        return (tier["assurance"] - below["assurance"]) / (tier["cost"] - below["cost"])

    def reached(self, index, rung, stored):
        """Probability that what lies in a bucket of risk is asked about on a rung from 1, or on a dearer one."""
        if rung == 0 or rung > self.height:
            return 1.0 if rung == 0 else 0.0
        at = bucket(math.log10(stored["price"] / self.slope(0))) + self.offsets[rung - 1]
        return 1.0 if index > at else stored["cut_share"] if index == at else 0.0

    def raised(self, rung, asked):
        """The rungs that come to the same tier as one: those that a request raises; and whether it is raised."""
        above = next((r for r, t in enumerate(self.rungs) if not stands_for(asked, t)), self.height) + 1 if asked else 1
        return (1, above, True) if 0 < rung < above else (rung, rung + 1, False)

    def rung(self, index, stored):
        return next((r for r in range(self.height, 0, -1) if stored["u"] < self.reached(index, r, stored)), 0)


class Policy:
    """What of a policy decides: tiers, lines, and how audits are drawn."""

    def __init__(self, text):
        document = json.loads(text)
        self.digest = hashlib.sha256(text.strip().encode()).digest()
        self.tax = document["budget"]["tax"]
        self.audit = document.get("audit")
        self.tiers = {tier["id"]: tier for tier in document["tiers"]}
        self.lines = {"TASK": 10 ** document["lines"]["task"], "AGENT": 10 ** document["lines"]["agent"]}
        self.ladder = Ladder(self.tiers.values())

    def crossed(self, stored):
        """The line that what has added up lies over, and that sum."""
        for line, mass in (("TASK", stored["task_mass"]), ("AGENT", stored["agent_mass"])):
            if mass > self.lines[line]:
                return line, mass
        return None, 0.0

    def inclusion(self, risk, adds, action_class):
        if not self.audit or not adds or not self.tax > 0:
            return 0.0
        least = [self.audit["least"], self.audit["classes"].get(action_class, 0)]
        bands = [band["least"] for band in self.audit["bands"] if not risk < band["from"]]
        return max(least + bands[-1:])


def decided(assessment, policy):
    """The decision that follows from the score and from what the decision stores."""
    score, stored = assessment["score"], assessment["decision"]
    adds = not assessment["carries_out"] and (score["mass"] > 0 or math.isnan(score["mass"]))
    inherited = stored["inherited_risk"]
    risk = score["risk"] if inherited is None else inherited
    denied = stored["retries_spent"] or stored["task_closed"]
    counts = adds and not denied
    index = bucket(risk - stored["surcharge"]) if counts else MIN - 2 * BUCKETS
    whole, over = policy.ladder, bool(stored["over_ceiling"])
    asks = stored["reason"] in MANDATORY
    must = asks and not over
    full = () if must else stored["full_tiers"]
    left = Ladder(t for t in policy.tiers.values() if t["id"] not in full) if full else whole
    priced = left.rung(index, stored)
    line, summed = (None, 0.0) if asks else policy.crossed(stored)
    if denied:
        line, summed = None, 0.0
    audited = policy.inclusion(score["risk"], adds, score["action_class"])
    granted, heard = stored["request"] == "GRANTED", stored["request"] in ("GRANTED", "WAITING")
    asked = policy.tiers[stored["requested_tier"]] if granted else None
    reviewed = 1.0 if must or over or line or heard else left.reached(index, 1, stored)
    told = {
        "audit_inclusion": audited,
        "review_probability": reviewed,
        "inclusion_probability": reviewed + (1 - reviewed) * audited,
    }

    def result(reason, tier, cost, probability, requested=0.0):
        return {
            **told,
            "reason": reason,
            "tier": tier,
            "review_cost": cost,
            "tier_probability": probability,
            "requested_cost": requested,
        }

    def reviews(reason, tier, cost, probability, raised):
        if raised:
            return result(reason, asked["id"], asked["cost"], probability, asked["cost"] - cost)
        return result(reason, tier["id"], cost, probability)

    if line and not priced:
        index, alone = bucket(math.log10(summed)), left.reached(index, 1, stored)
        rung = max(1, whole.rung(index, stored))
        first, above, raised = whole.raised(rung, None if over else asked)
        below = 1.0 if first == 1 else whole.reached(index, first, stored)
        tier = whole.rungs[rung - 1]
        probability = below - max(alone, whole.reached(index, above, stored))
        return reviews(line, tier, 0.0 if over else tier["cost"], probability, raised)
    dearest = stored["reason"] == "CATASTROPHIC"
    rung = (left.height if dearest else max(1, priced)) if must else priced
    first, above, raised = left.raised(rung, asked)
    lowest = first == (1 if must else 0)
    probability = (1.0 if lowest else left.reached(index, first, stored)) - left.reached(index, above, stored)
    if rung:
        tier = left.rungs[rung - 1]
        reason = stored["reason"] if must else "PRICED"
        return reviews(reason, tier, tier["cost"], 1.0 if must and dearest else probability, raised)
    if asks:  # it waits above its ceiling
        return result(stored["reason"], whole.rungs[-1 if dearest else 0]["id"], 0.0, probability)
    if heard:
        cost = asked["cost"] if granted else 0.0
        return result("REQUESTED", stored["requested_tier"], cost, probability, cost)
    if audited > 0:
        drawn = stored["audit_u"] < audited
        probability *= audited if drawn else 1 - audited
        if drawn:
            tier = policy.tiers[policy.audit["screen"]]
            return result("AUDIT", tier["id"], tier["cost"], probability)
    return result("NONE", "", 0.0, probability)


def draw(key, assessment):
    text = assessment["task_id"].encode() + assessment["digest"]
    return (int.from_bytes(hmac.digest(key, text, "sha256")[:8], "big") >> 11) / 2**53


def keys(records, complain):
    """Revealed keys by their id, each checked against the commitment to it."""
    commitments = {r["epoch"]: r for r in records if r["key"] is None}
    found = {}
    for told in (r for r in records if r["key"] is not None):
        committed = commitments.get(told["epoch"])
        digest = hashlib.sha256(told["key"]).digest()
        if committed is None or committed["commitment"] != digest or told["key_id"] != digest[:8].hex():
            complain("epoch %d: the key does not open the commitment" % told["epoch"])
        elif told["as_of"] < told["reveal_from"]:
            complain("epoch %d: the key was told early" % told["epoch"])
        else:
            found[told["key_id"]] = {**told, "in_time": committed["as_of"] < committed["starts_at"]}
    return found


def check(assessment, policy, key, complain):
    stored, name = assessment["decision"], assessment["event_id"]
    expected = decided(assessment, policy)
    expected["u"] = draw(key["key"], assessment)
    expected["audit_u"] = draw(hmac.digest(key["key"], b"weir audit", "sha256"), assessment)
    if not key["starts_at"] <= assessment["received_at"] < key["ends_at"]:
        complain("%s: drawn by the key of another epoch" % name)
    for field, value in expected.items():
        if stored[field] != value:
            complain("%s: %s is %r, recomputed %r" % (name, field, stored[field], value))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("schemas", "policy", "chance", "assessments"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--at-least", type=int, default=1, help="decisions that must be recomputable")
    options = parser.parse_args()
    idl = Idl(pathlib.Path(options.schemas)).read("assessment.avdl").read("chance.avdl")
    chance = Decoder(idl, "dev.weir.event.ChanceEpoch")
    assessments = Decoder(idl, "dev.weir.event.Assessment")
    policy = Policy(pathlib.Path(options.policy).read_text("utf-8"))
    faults = []
    revealed = keys([chance.decode(value) for value in framed(options.chance)], faults.append)
    recomputed = waiting = others = 0
    reasons = {}
    for value in framed(options.assessments):
        assessment = assessments.decode(value)
        key = revealed.get(assessment["decision"]["chance_key_id"])
        if assessment["policy_digest"] != policy.digest:
            others += 1
        elif key is None:
            waiting += 1
        else:
            recomputed += 1
            reason = assessment["decision"]["reason"]
            reasons[reason] = reasons.get(reason, 0) + 1
            check(assessment, policy, key, faults.append)
    for fault in faults[:20]:
        print(fault, file=sys.stderr)
    print(
        "%d keys revealed, %d of them committed to in time; %d decisions recomputed (%s), %d wait for their key,"
        " %d of another policy; %d faults"
        % (
            len(revealed),
            sum(key["in_time"] for key in revealed.values()),
            recomputed,
            ", ".join("%s %d" % item for item in sorted(reasons.items())),
            waiting,
            others,
            len(faults),
        )
    )
    return 1 if faults or recomputed < options.at_least else 0


if __name__ == "__main__":
    sys.exit(main())
