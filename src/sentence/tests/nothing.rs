//! Sentences that state no goal: what is not understood is never guessed at.

use super::check;

const PLACEHOLDERS_ARE_NO_GOAL: &[(&str, &str)] = &[
    ("Increase conversion by TBD%", "none; placeholder"),
    ("Increase signups from X to Y", "none; placeholder"),
    ("INSERT METRIC HERE", "none; placeholder"),
];

#[test]
fn placeholders_are_no_goal() {
    check(PLACEHOLDERS_ARE_NO_GOAL);
}

const DELIVERABLES_AND_VERSIONS_ARE_NO_GOAL: &[(&str, &str)] = &[
    ("Upgrade all clusters from Kubernetes 1.25 to 1.29", "none; milestone"),
    ("Kubernetes 1.25 → 1.29 on all clusters", "none; milestone"),
    ("Upgrade PostgreSQL from 11.9 to 12.0", "none; milestone"),
    ("Migrate 12 services from 3 clusters to 1", "none; milestone"),
    ("Launch v2 of the API by 2026-09-30", "none; milestone"),
    ("Deploy within 24 hours of merge", "none; milestone"),
    ("Foobar 1.25 → 1.29", "none; milestone"),
    ("Launch it on 30", "none; milestone"),
    ("Apply the new hygiene standard to at least one ward", "none; milestone"),
    ("Export at least one corrected map", "none; milestone"),
    ("Reinforce at least one bridge", "none; milestone"),
    ("Deliver 90% of committed stories", "none; milestone"),
];

#[test]
fn deliverables_and_versions_are_no_goal() {
    check(DELIVERABLES_AND_VERSIONS_ARE_NO_GOAL);
}

const COUNTS_OF_THINGS_DONE_ARE_NO_GOAL: &[(&str, &str)] = &[
    ("Hire 5x engineers", "none; bare-count"),
    ("Hire 3 engineers by the end of Q3", "none; bare-count"),
    ("Enable 20 customers to save 5 hours per week", "none; bare-count"),
    ("Onboard 10 new customers", "none; bare-count"),
    ("Ship at least 5 features", "none; bare-count"),
    ("Deploy 3 times a day", "none; bare-count"),
    ("Deploy at least once per day", "none; bare-count"),
    ("Talk to 20 customers", "none; bare-count"),
    ("Add 5 integrations", "none; bare-count"),
    ("Publish 4 blog posts that drive 2,000 visits each", "none; bare-count"),
    ("Hire +2 designers", "none; bare-count"),
];

#[test]
fn counts_of_things_done_are_no_goal() {
    check(COUNTS_OF_THINGS_DONE_ARE_NO_GOAL);
}

const FACTORS_ARE_NO_GOAL: &[(&str, &str)] = &[
    ("Triple organic traffic", "none; factor"),
    ("Increase signups 10x", "none; factor"),
    ("Increase signups by 2x", "none; factor"),
    ("10x signups", "none; factor"),
    ("Make builds 2 times faster", "none; factor"),
    ("Cut costs by half", "none; factor"),
    ("Cut the error rate in half", "none; factor"),
    ("Reduce costs by a third", "none; factor"),
    ("Reduce MTTR by a factor of 2", "none; factor"),
];

#[test]
fn factors_are_no_goal() {
    check(FACTORS_ARE_NO_GOAL);
}

const NUMBERS_WITH_TWO_READINGS_ARE_NO_GOAL: &[(&str, &str)] = &[
    ("Reduce latency from 3,2s to 1,5s", "none; ambiguous-number"),
    ("Reduce build time from 30m to 10m", "none; ambiguous-number"),
    ("Grow users from 5 to 7k", "none; ambiguous-number"),
    ("Reduce cost per build from $1.234 to $0.90", "none; ambiguous-number"),
    ("Reduce AWS spend from 1.2 to 0.9 M$", "none; ambiguous-number"),
    ("Reduce AWS spend from $1.2 to $0.9M", "none; ambiguous-number"),
    ("Increase signups from 1.000 to 2.000", "none; ambiguous-number"),
    ("Reduce latency from 1,5 s to 900 ms", "none; ambiguous-number"),
    ("Increase the share of customers on the new plan from 1 in 3 to 2 in 3", "none; ambiguous-number"),
];

#[test]
fn numbers_with_two_readings_are_no_goal() {
    check(NUMBERS_WITH_TWO_READINGS_ARE_NO_GOAL);
}

const RANGES_ARE_NO_GOAL: &[(&str, &str)] = &[
    ("Increase signup conversion 2.1% to 3%", "none; number-range"),
    ("Reduce churn to 3-4%", "none; number-range"),
    ("Respond to tickets in 2 to 4 hours", "none; number-range"),
    ("Reduce escalations from 20–30 to 10", "none; number-range"),
    ("Wait times of 2 to 4 hours", "none; number-range"),
    ("Reduce AWS spend from $1.2–1.4M to $1M", "none; number-range"),
    ("Decrease average handling time by 30 seconds to 4 minutes", "none; number-range"),
    ("Reduce latency by 100-200ms", "none; number-range"),
    ("Increase NPS 10 points to 40", "none; number-range"),
    ("Win rate up 5 points to 30%", "none; number-range"),
    ("Increase revenue 20% to 30%", "none; number-range"),
    ("Increase X by 5 to 10%", "none; number-range"),
];

#[test]
fn ranges_are_no_goal() {
    check(RANGES_ARE_NO_GOAL);
}

const SEVERAL_NUMBERS_TO_REACH_ARE_NO_GOAL: &[(&str, &str)] = &[
    ("Reduce cloud costs by 20% from $50k to $30k", "none; two-limits"),
    ("Reduce p95 from 800ms to 300ms and error rate from 2% to 1%", "none; two-limits"),
    ("Page 1 load time < 1 s and TTFB < 200 ms", "none; two-limits"),
    ("At least 5 features adopted by 50% of customers", "none; two-limits"),
    ("Restore service within 1 hour for 95% of incidents", "none; two-limits"),
    ("Improve test suite runtime: 45 min → 15 min; flake rate: 5% → 1%", "none; two-limits"),
    ("Reduce image size from 1.2GB to 300MB and startup from 9s to 4s", "none; two-limits"),
    ("Increase unit tests from 1k to 2k and coverage to 80%", "none; two-limits"),
    ("Answer 80% of calls within 20 seconds", "none; two-limits"),
    ("Reduce P1 backlog by 50% => 70%", "none; two-limits"),
    ("Increase coverage to 80% => 75%", "none; two-limits"),
    ("First response time: <1h for P1, <4h for P2", "none; two-limits"),
    ("Increase NPS to 50 and CSAT to 4.5", "none; two-limits"),
    ("Achieve recall@20 ≥ 0.60 and precision ≥ 0.80", "none; two-limits"),
    ("Map p95 under 300 ms on deck and 500 ms on shore", "none; two-limits"),
    ("Raise bookings from 40% to 60% and returns below 3%", "none; two-limits"),
    ("Raise bookings from 40% to 60% across at least 5 harbours", "none; two-limits"),
    ("Raise bookings from 40% to 60%, of which 30% by phone", "none; two-limits"),
    ("Answer within 15 minutes by day and within 4 hours at night", "none; two-limits"),
    ("Cut churn from 5% to 3% in the north, 4% in the south", "none; two-limits"),
    ("No Sev1 incidents and fewer than 3 Sev2 incidents", "none; not-understood"),
    ("Zero Sev1 and at most 2 Sev2 incidents", "none; not-understood"),
    ("Map p50/p99 below 100/500 ms", "none; not-understood"),
    ("Reach $4M in orders with 30% recurring", "none; two-limits"),
    ("At least 10 sailors, with at least 2 in the galley", "none; two-limits"),
];

#[test]
fn several_numbers_to_reach_are_no_goal() {
    check(SEVERAL_NUMBERS_TO_REACH_ARE_NO_GOAL);
}

const A_NUMBER_LEFT_OVER_LEAVES_NO_GOAL: &[(&str, &str)] = &[
    ("From 2024's 12 incidents to 4", "none; unaccounted-number"),
    ("At least 30 sailors, and 100 guests join the regatta", "none; unaccounted-number"),
    ("200 sailors coached for at least 60 min each", "none; unaccounted-number"),
    ("Moor 12 boats, no more than 2 collisions", "none; unaccounted-number"),
    ("860 sailors (+30% over Q1 2026)", "none; unaccounted-number"),
    ("Crews rest at least 90% of nights and have taken about 20–30 days off", "none; unaccounted-number"),
    ("Board 40 crews across at least 5 harbours", "none; unaccounted-number"),
];

#[test]
fn a_number_left_over_leaves_no_goal() {
    check(A_NUMBER_LEFT_OVER_LEAVES_NO_GOAL);
}

const OF_WHOM_IS_NO_LIMIT: &[(&str, &str)] = &[
    ("Crews with a morale score of 40 or less recover", "none; unaccounted-number"),
    ("Boats with 50 or fewer berths stay", "none; unaccounted-number"),
    ("Boats with a load above 80% sink", "none; unaccounted-number"),
    ("Boats above $50k move faster", "none; unaccounted-number"),
    ("Sailors aged 65 or over recover faster", "none; no-number"),
    ("300 boats that carry at least one doctor", "none; unaccounted-number"),
];

#[test]
fn of_whom_is_no_limit() {
    check(OF_WHOM_IS_NO_LIMIT);
}

/// What is dealt with, removed or made fewer is told by its size; of what a deed takes, less is better.
const WHICH_THINGS_ARE_MEANT_IS_NO_LIMIT: &[(&str, &str)] = &[
    ("Eliminate all waiting times at the counter (>20 minutes)", "none; unaccounted-number"),
    ("Remove all night transports (> 3 hours)", "none; unaccounted-number"),
    ("Repair every pothole (>5 cm)", "none; unaccounted-number"),
    ("Eliminate parcels under 2 kg", "none; unaccounted-number"),
    ("Phone all patients (waiting >2 weeks)", "none; unaccounted-number"),
    ("Train all managers with more than 5 reports", "none; unaccounted-number"),
    ("Sell the trucks with more than 300,000 km", "none; unaccounted-number"),
    ("Tackle requests open for more than 60 days", "none; unaccounted-number"),
    ("Automate every task that takes more than 2 hours a week", "none; unaccounted-number"),
    ("Keep large refunds (>$500) rare", "none; unaccounted-number"),
    ("Fewer long waits (>20 minutes)", "none; unaccounted-number"),
    ("More patients go home within 5 days", "none; unaccounted-number"),
    ("Fewer than 5 long waits (>20 minutes)", "hold < 5 count"),
    ("Keep long calls (>10 minutes) below 5%", "hold < 5 %"),
    ("Resolve incidents in under 4 hours", "hold < 4 h"),
    ("Answer all letters (<3 days)", "hold < 3 d"),
    ("Session lengths above 5 minutes", "hold > 5 min"),
    ("Help households earning less than $20k", "none; unaccounted-number"),
    ("Support start-ups with fewer than 10 employees", "none; unaccounted-number"),
    ("Promote dishes under 500 calories", "none; unaccounted-number"),
    ("Children under 5 travel free", "none; unaccounted-number"),
    ("Fewer children in classes of more than 25", "none; unaccounted-number"),
    // Where nobody is to be, no bound is the goal.
    ("Nobody works more than 10 hours a day", "none; not-understood"),
    ("None of the shops below 95% availability", "none; not-understood"),
    ("No shop with less than 2 exits", "none; not-understood"),
    ("0 hours of overtime", "none; not-understood"),
    ("No downtime while error rates stay below 1%", "none; two-limits"),
    ("Never fall below 3 days of stock", "hold ≥ 3 d"),
    ("No\u{2011}shows <5%", "hold < 5 %"),
    ("Generate sales of more than $2M", "hold > 2000000 USD"),
    ("Keep batteries running for more than 8 hours", "hold > 8 h"),
    ("Improve retention (>40%)", "target 40 % up; no-baseline"),
];

#[test]
fn which_things_are_meant_is_no_limit() {
    check(WHICH_THINGS_ARE_MEANT_IS_NO_LIMIT);
}

const SENTENCES_WITHOUT_A_QUANTITY_ARE_NO_GOAL: &[(&str, &str)] = &[
    ("Achieve SOC2 Type1 compliance by April 1st", "none; no-number"),
    ("Improve MTTR from days to single digit hours", "none; no-number"),
    ("Reduce time to deploy by 2026", "none; no-number"),
    ("Reduce time to deploy by Q3 2026", "none; no-number"),
    ("Increase uptime to four nines", "none; no-number"),
    ("Increase uptime from three nines to four nines", "none; no-number"),
    ("Top 10 customers migrated", "none; no-number"),
    ("Improve ranking from #10 to #5", "none; no-number"),
];

#[test]
fn sentences_without_a_quantity_are_no_goal() {
    check(SENTENCES_WITHOUT_A_QUANTITY_ARE_NO_GOAL);
}

const NUMBERS_WITHOUT_A_ROLE_ARE_NO_GOAL: &[(&str, &str)] = &[
    ("Pass 10/12 audit controls", "none; not-understood"),
    ("Latency p50/p95: 100/300 ms", "none; not-understood"),
    ("Reduce AHT from 6:30 to 5:00", "none; not-understood"),
    ("80/20 split of roadmap vs. debt", "none; not-understood"),
    ("Move the legacy app from 2.x to 3.x", "none; not-understood"),
    ("Move from Java 11 to Java 17", "none; not-understood"),
    ("Support file uploads from 1 MB to 5 GB", "none; not-understood"),
    ("Serve traffic from 3 regions to 10k users", "none; not-understood"),
    ("Increase the number of teams with access to 5 services", "none; not-understood"),
    ("Increase features used by 50% of customers", "none; not-understood"),
    ("Servers must not restart within 14 days of an upgrade", "none; not-understood"),
    ("4/4 weekly trains need no hotfix within 3 days of shipping", "none; not-understood"),
    ("Search results over 5.5M repos are fast", "none; not-understood"),
    ("Rollout to 50% of users", "none; not-understood"),
    ("100% of engineers complete security training", "none; not-understood"),
    ("Reduce incidents from 2024 to 2025", "none; not-understood"),
    ("Extend runway to 2027", "none; not-understood"),
    ("Average 4.5 rating", "none; not-understood"),
    ("Have 3 of 5 teams on call", "none; not-understood"),
    ("Save each developer 5 hours per week", "none; not-understood"),
    ("Increase the number of experiments run by 2 teams", "none; not-understood"),
    ("Raise $10M Series A", "none; not-understood"),
    ("Win 3 enterprise deals", "none; not-understood"),
    ("Close 20 deals worth $1M", "none; not-understood"),
    ("Reduce number of customers waiting more than 3 days", "none; not-understood"),
    ("Every service has an SLO of 99.9%", "none; not-understood"),
    ("All services meet a 99.9% SLO", "none; not-understood"),
    ("Average of 3 deploys per day", "none; not-understood"),
    ("Improve response to 5 customer complaints", "none; not-understood"),
    ("Users rate us 4.5 out of 5", "none; not-understood"),
    ("Reduce latency by up to 50%", "none; not-understood"),
    ("Adoption: 30% today, 80% by Q4", "none; not-understood"),
    ("Adoption at 80% by end of Q4", "none; not-understood"),
    ("95% CSAT", "none; not-understood"),
    ("Save $200k in annual cloud spend", "none; not-understood"),
    ("Cut spend 15%", "none; not-understood"),
    ("Cut spend 15% YoY", "none; not-understood"),
    ("Increase revenue 20% QoQ", "none; not-understood"),
    ("Attain 3rd-party certification for 2 products", "none; not-understood"),
    ("10 of 12 teams migrated", "none; not-understood"),
    ("All 12 teams migrated", "none; not-understood"),
    ("Reduce vulnerabilities with CVSS > 7", "none; not-understood"),
    ("Increase customers with more than 5 seats", "none; unaccounted-number"),
    ("Hire 20 developers => 80%", "none; not-understood"),
    ("Improve docs => 100%", "none; not-understood"),
    ("Hire from 5 to 8 engineers", "none; not-understood"),
    ("IACV at 120% of plan", "none; not-understood"),
    ("Get 2 customers to use the beta", "none; not-understood"),
];

#[test]
fn numbers_without_a_role_are_no_goal() {
    check(NUMBERS_WITHOUT_A_ROLE_ARE_NO_GOAL);
}

const A_CHANGE_OR_LEVEL_WITHOUT_A_DIRECTION_IS_NO_GOAL: &[(&str, &str)] = &[
    ("Improve the codebase by 20%", "none; no-direction"),
    ("Maintain eNPS of 40", "none; no-direction"),
    ("Achieve a 15% improvement in signup rate", "none; no-direction"),
];

#[test]
fn a_change_or_level_without_a_direction_is_no_goal() {
    check(A_CHANGE_OR_LEVEL_WITHOUT_A_DIRECTION_IS_NO_GOAL);
}

const ENDS_THAT_DO_NOT_COMPARE_ARE_NO_GOAL: &[(&str, &str)] = &[
    ("Reduce MTTR from 2 h to 30 %", "none; units-differ"),
    ("Increase throughput from 100 Mbps to 1 Gbps", "none; units-differ"),
    ("Reduce toil from 40 engineering hours to 2 days", "none; units-differ"),
    ("Reduce MTTR from 2 h to 120 min", "none; same-ends"),
    ("Grow subscribers 15% from 20k", "none; no-target"),
];

#[test]
fn ends_that_do_not_compare_are_no_goal() {
    check(ENDS_THAT_DO_NOT_COMPARE_ARE_NO_GOAL);
}
