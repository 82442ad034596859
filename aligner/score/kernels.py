"""The inner loops of scoring.

Plain loops over arrays in the common subset of Python and numba: see ``aligner.compiled``.
"""
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import math
from typing import Any

from aligner.compiled import Kernel


def _words_of_rows(
    ids_a, starts_a, ids_b, starts_b, links, cols, forward, backward, base_a, parts_b,
    rows, last, low, first, end, offsets, runs, head, after, place, link, ahead, behind, sums,
    active, rooms, cap, out_f, out_b,
):  # fmt: skip
    """Word evidence of every cell: b's unit given 1..n units of a, a's unit given 1..m of b.

    ``parts_b[j, m]`` is what does not depend on a: the log of the chance of a word that nothing is
    known of, given m + 1 units from j on; 1 / their base; the most that a word counts. ``rooms``
    are six rows as long as a bead may be, ``active`` is one as long as a unit of a.
    """
    depth = out_f.shape[1]
    reach = out_b.shape[1]
    flats = rooms[0]
    inverse = rooms[1]
    most = rooms[2]
    product_m = rooms[3]
    total_m = rooms[4]
    opening = 0
    for r in range(len(rows)):
        if last[r] == r:
            opening = r + 1
            continue
        here = starts_a[rows[r]]
        many = starts_a[rows[r] + 1] - here
        found = 0
        linked = 0
        for p in range(many):
            s = ids_a[here + p]
            if links[s] < links[s + 1]:
                active[linked] = p
                linked += 1
            for k in range(links[s], links[s + 1]):
                t = cols[k]
                after[found] = head[t]
                head[t] = found
                place[found] = p
                ahead[found] = forward[k]
                behind[found] = backward[k]
                link[found] = t
                found += 1
        deep = min(depth, r - opening + 1)
        base = 1.0
        size = 1.0
        for n in range(deep):
            i = rows[r - n]
            for p in range(starts_a[i], starts_a[i + 1]):
                base += base_a[ids_a[p]]
            size += starts_a[i + 1] - starts_a[i]
            flats[n] = math.log(base / size)
            inverse[n] = 1.0 / base
            most[n] = math.exp(cap - flats[n])
        for j in range(first[r], end[r]):
            col = j - first[r]
            for p in range(linked):
                sums[col, active[p]] = 0.0
            for q in range(starts_b[j], starts_b[j + 1]):
                total = 0.0
                k = head[ids_b[q]]
                while k >= 0:
                    total += ahead[k]
                    sums[col, place[k]] += behind[k]
                    k = after[k]
                for n in range(depth - 1, 0, -1):
                    runs[q, n] = runs[q, n - 1] + total
                runs[q, 0] = total
            for n in range(deep):
                back = r - n
                if j < low[back] or j >= end[back]:
                    continue
                value = (starts_b[j + 1] - starts_b[j]) * flats[n]
                product = 1.0
                for q in range(starts_b[j], starts_b[j + 1]):
                    x = runs[q, n]
                    if x > 0.0:
                        product *= min(most[n], 1.0 + x * inverse[n])
                        if product > 1e250:  # one logarithm for many words, before it overflows
                            value += math.log(product)
                            product = 1.0
                out_f[offsets[back] + j - first[back], n] = value + math.log(product)
        for k in range(found):
            head[link[k]] = -1
        for j in range(first[r], end[r]):
            col = j - first[r]
            wide = min(reach, end[r] - j)
            for m in range(wide):
                total_m[m] = many * parts_b[j, m, 0]
                product_m[m] = 1.0
            for p in range(linked):
                x = 0.0
                for m in range(wide):
                    x += sums[col + m, active[p]]
                    if x > 0.0:
                        product_m[m] *= min(parts_b[j, m, 2], 1.0 + x * parts_b[j, m, 1])
                        if product_m[m] > 1e250:
                            total_m[m] += math.log(product_m[m])
                            product_m[m] = 1.0
            for m in range(wide):
                out_b[offsets[r] + col, m] = total_m[m] + math.log(product_m[m])


def _costs_of_beads(
    shapes, rows, last, lo, hi, end, cells, first, offsets, forward, backward,
    size_a, size_b, chance_a, chance_b, spread, surprise, costs,
):  # fmt: skip
    """Sum up words and lengths for every bead that stays inside the band and its stretch."""
    for r in range(len(rows)):
        for j in range(lo[r], hi[r] + 1):
            cell = cells[r] + j - lo[r]
            for s in range(len(shapes)):
                n = shapes[s, 0]
                m = shapes[s, 1]
                to = r + n
                if to > last[r] or j + m > end[r] or j + m < lo[to] or j + m > hi[to]:
                    continue
                if n == 0 or m == 0:
                    costs[cell, s] = 0.0
                    continue
                lexical = 0.0
                for k in range(m):
                    lexical += forward[offsets[r] + j + k - first[r], n - 1]
                for k in range(n):
                    lexical += backward[offsets[r + k] + j - first[r + k], m - 1]
                x = size_a[rows[r], n - 1]
                y = size_b[j, m - 1]
                if lexical < 0.0:  # in blocks of hundreds of words every word meets too many
                    lexical *= max(0.0, min(1.0, 2.0 - min(x, y) / 1500.0))
                variance = spread * ((x + y) / 2 + 4.0)
                off = (y - x) * (y - x) / variance
                likely = -0.5 * off - 0.5 * math.log(6.283185307179586 * variance)
                likely -= 0.5 * (chance_a[rows[r], n - 1] + chance_b[j, m - 1])
                z = 32.0 * math.sqrt(off)
                low = int(min(z, 318.0))
                tail = surprise[low] + min(z - low, 1.0) * (surprise[low + 1] - surprise[low])
                costs[cell, s] = -0.5 * lexical - 0.5 * max(likely, -15.0) - 0.5 * tail


def _cosines(
    starts, grams, postings, owner, weight, norm_a, norm_b, least, sums, touched, rows, cols, values
):
    """Count (and, where there is room, write) the pairs with a cosine of ``least`` or more.

    ``sums`` (zeros) and ``touched`` are rooms as long as ``norm_b``.
    """
    found = 0
    for row in range(len(norm_a)):
        count = 0
        for k in range(starts[row], starts[row + 1]):
            gram = grams[k]
            for p in range(postings[gram], postings[gram + 1]):
                col = owner[p]
                if sums[col] == 0.0:
                    touched[count] = col
                    count += 1
                sums[col] += weight[gram]
        for k in range(count):
            col = touched[k]
            value = sums[col] / (norm_a[row] * norm_b[col])
            sums[col] = 0.0
            if value >= least:
                if found < len(rows):
                    rows[found] = row
                    cols[found] = col
                    values[found] = value
                found += 1
    return found


def _meet(where, bead, starts, types, known, hinted, hints, seen, rows, cols, values):
    """Count (and, where there is room, write) the pairs of types that are hinted at or meet.

    ``seen`` is a room as long as there are types of b, filled with -1.
    """
    found = 0
    for row in range(len(where) - 1):
        for k in range(known[row], known[row + 1]):
            seen[hinted[k]] = row
            if found < len(rows):
                rows[found] = row
                cols[found] = hinted[k]
                values[found] = hints[k]
            found += 1
        for k in range(where[row], where[row + 1]):
            one = bead[k]
            for p in range(starts[one], starts[one + 1]):
                col = types[p]
                if seen[col] != row:
                    seen[col] = row
                    if found < len(rows):
                        rows[found] = row
                        cols[found] = col
                    found += 1
    return found


def _expect(
    starts, cols, hint, hinted, chance, where, bead, tokens, types, weight, rounds, odds, fresh,
    total, shares, counts,
):  # fmt: skip
    """EM of IBM model 1, word by word: ``counts`` of every pair is filled in place.

    ``odds`` and ``fresh`` are rooms as long as ``chance``, ``total`` is one as long as ``types``,
    ``shares`` as ``counts``.
    """
    for _ in range(rounds):
        for p in range(len(total)):
            total[p] = 0.0
        for stage in range(2):
            if stage == 1:  # from here on what a token of this bead counts, shared out
                for one in range(len(weight)):
                    for p in range(tokens[one], tokens[one + 1]):
                        if total[p] > 0.0:
                            total[p] = weight[one] / total[p]
            for row in range(len(starts) - 1):
                if where[row] == where[row + 1]:
                    continue
                if stage == 0:
                    size = hinted[row]
                    for k in range(starts[row], starts[row + 1]):
                        size += counts[k]
                    size = 1.0 / size
                    for k in range(starts[row], starts[row + 1]):
                        shares[k] = (counts[k] + hint[k] + chance[cols[k]]) * size
                        odds[cols[k]] = shares[k]
                else:
                    for k in range(starts[row], starts[row + 1]):
                        odds[cols[k]] = shares[k]
                        fresh[cols[k]] = 0.0
                for k in range(where[row], where[row + 1]):
                    one = bead[k]
                    if stage == 0:
                        for p in range(tokens[one], tokens[one + 1]):
                            total[p] += odds[types[p]]
                    else:
                        for p in range(tokens[one], tokens[one + 1]):
                            fresh[types[p]] += odds[types[p]] * total[p]
                if stage == 1:
                    for k in range(starts[row], starts[row + 1]):
                        counts[k] = fresh[cols[k]]


def _crossing(
    halves, ids_a, starts_a, ids_b, starts_b, links, cols, forward, backward, base_a, base_b,
    head, after, from_b, from_a, flat, cross, cap, gain,
):  # fmt: skip
    """What the words of every bead of two halves say more if they keep to their half.

    ``gain[c]`` becomes that, with and (second column) only as far as words cross to the other half.
    """
    most = math.exp(cap)
    for c in range(len(halves)):
        first_a = starts_a[halves[c, 0]]
        half_a = starts_a[halves[c, 0] + halves[c, 2]] - first_a
        many_a = starts_a[halves[c, 0] + halves[c, 3]] - first_a
        first_b = starts_b[halves[c, 1]]
        half_b = starts_b[halves[c, 1] + halves[c, 4]] - first_b
        many_b = starts_b[halves[c, 1] + halves[c, 5]] - first_b
        for k in range(2):
            flat[0, k] = 1.0
            flat[1, k] = 1.0
        for q in range(many_b):
            t = ids_b[first_b + q]
            after[q] = head[t]
            head[t] = q
            from_a[q, 0] = 0.0
            from_a[q, 1] = 0.0
            flat[1, int(q >= half_b)] += base_b[t]
        for p in range(many_a):
            s = ids_a[first_a + p]
            own = int(p >= half_a)
            flat[0, own] += base_a[s]
            from_b[p, 0] = 0.0
            from_b[p, 1] = 0.0
            for k in range(links[s], links[s + 1]):
                q = head[cols[k]]
                while q >= 0:
                    from_a[q, own] += forward[k]
                    from_b[p, int(q >= half_b)] += backward[k]
                    q = after[q]
        for q in range(many_b):
            head[ids_b[first_b + q]] = -1
        kept = 0.0
        moved = 0.0
        for side in range(2):
            words = many_b if side == 0 else many_a
            half = half_b if side == 0 else half_a
            size_0 = 1.0 + (half_a if side == 0 else half_b)
            size_1 = 2.0 + (many_a if side == 0 else many_b) - size_0
            both = size_0 + size_1 - 1.0
            for w in range(words):
                x = flat[side, 0] + (from_a[w, 0] if side == 0 else from_b[w, 0])
                y = flat[side, 1] + (from_a[w, 1] if side == 0 else from_b[w, 1])
                either = min(most, (x + y - 1.0) / both)
                x = min(most, x / size_0)
                y = min(most, y / size_1)
                if w >= half:
                    x, y = y, x
                kept += math.log(x / either)
                moved += math.log(1.0 - cross + cross * y / x)
        gain[c, 0] = kept + moved
        gain[c, 1] = moved


def _expect_listed(*given):
    """The same over lists: without numba their items are got several times as quickly."""
    *fixed, counts = given
    listed = [one if isinstance(one, int) else one.tolist() for one in fixed]
    kept = counts.tolist()
    loop: Any = _expect
    loop(*listed, kept)
    counts[:] = kept


WORDS = Kernel(_words_of_rows)
BEADS = Kernel(_costs_of_beads)
COSINES = Kernel(_cosines)
MEET = Kernel(_meet)
EXPECT = Kernel(_expect, plain=_expect_listed)
CROSSING = Kernel(_crossing)
