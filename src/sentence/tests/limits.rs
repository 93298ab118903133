//! Sentences that state an end, a difference or a bound.

use super::check;

const AN_END_ALONE_IS_A_TARGET_WITHOUT_A_BASELINE: &[(&str, &str)] = &[
    ("Reduce error rate to 0.1%", "target 0.1 % down; no-baseline"),
    ("Reach 1M downloads", "target 1000000 count up; no-baseline"),
    ("Hit $5M ARR", "target 5000000 USD up; no-baseline"),
    ("Achieve an NPS of 50", "target 50 count up; no-baseline"),
    ("Get onboarding NPS to 60", "target 60 count up; no-baseline"),
    ("80% of teams use feature flags", "target 80 %; no-baseline"),
    ("Get to 500 signups", "target 500 count up; no-baseline"),
    ("Increase followers to 2000", "target 2000 count up; no-baseline"),
    ("Reduce MTTR to less than one hour", "target 1 h down; no-baseline"),
    ("Reduce number of customers waiting more than 3 days to 5", "target 5 count down; no-baseline"),
    ("Achieve 99.9% SLO for 10 services", "target 99.9 % up; no-baseline"),
    ("Reduce open bugs to 50 by 2026-09-30", "target 50 count down; no-baseline"),
    ("Reduce bugs to 50 by 9/30", "target 50 count down; no-baseline"),
    ("Grow NRR to 120%", "target 120 % up; no-baseline"),
    ("Increase adoption to 200%", "target 200 % up; no-baseline"),
    ("Increase deploys to 3 times a day", "target 3 count/day up; no-baseline"),
    ("Increase the number of customers we talk to to 20", "target 20 count up; no-baseline"),
    ("Reduce the 12 step checkout to 4 steps", "target 4 count down; no-baseline"),
    ("Drive P95 under 1s", "target 1 s down; no-baseline"),
    ("Improve Lighthouse performance score to 90+", "target 90 count up; no-baseline"),
    ("Reduce cold start to ~1.5s", "target 1.5 s down; no-baseline"),
    ("Reduce incidents (Q1: 12, Q2: 8) to 4", "target 4 count down; no-baseline"),
    ("Raise NPS to 45 (Q1: 30, Q2: 38)", "target 45 count up; no-baseline"),
    ("Raise revenue to $10M (Q3: $3M, Q4: $7M)", "target 10000000 USD up; no-baseline"),
    ("Increase % of code reviews completed in < 24 hours to 80%", "target 80 % up; no-baseline"),
    ("Improve rating to 4.5/5", "target 4.5 count; no-baseline"),
    ("Our goal is 80% adoption", "target 80 %; no-baseline"),
    ("Achieve CSAT score of 4.5", "target 4.5 count up; no-baseline"),
    ("Reduce 5xx responses to below 0.1%", "target 0.1 % down; no-baseline"),
    ("Increase 30-day retention to 40%", "target 40 % up; no-baseline"),
    ("Reduce defects escaping to prod to 0", "target 0 count down; no-baseline"),
    ("Reduce defects to zero", "target 0 count down; no-baseline"),
    ("Increase Stage Monthly Active Users by 10% to 50k", "target 50000 count up; no-baseline"),
    ("50% of new hires onboarded in 10 days", "target 50 %; no-baseline"),
];

#[test]
fn an_end_alone_is_a_target_without_a_baseline() {
    check(AN_END_ALONE_IS_A_TARGET_WITHOUT_A_BASELINE);
}

const A_DIFFERENCE_IS_A_GAIN: &[(&str, &str)] = &[
    ("Reduce CI time by 12 minutes (from 30 minutes)", "gain -12 min from 30 min"),
    ("Increase MRR by $20k", "gain +20000 USD"),
    ("Increase self-serve adoption by 10 percentage points", "gain +10 points"),
    ("Increase self-serve adoption by 10pp", "gain +10 points"),
    ("Cut flaky test rate by 40%", "gain -40 % relative; bare-relative"),
    ("50% reduction in support tickets", "gain -50 % relative; bare-relative"),
    ("20% fewer escalations", "gain -20 % relative; bare-relative"),
    ("Improve latency by 20%", "gain -20 % relative; bare-relative"),
    ("Increase coverage by 10", "gain +10 count"),
    ("Reduce incidents by 3 per month", "gain -3 count/month"),
    ("Reduce incidents by 2 from 5", "gain -2 count from 5 count"),
    ("Increase integrations by 5", "gain +5 count"),
    ("Reduce latency by 100ms", "gain -100 ms"),
    ("Reduce latency by 100 ms from 400 ms", "gain -100 ms from 400 ms"),
    ("Reduce latency by at least 50%", "gain -50 % relative; bare-relative"),
    ("Reduce latency by at least 50% (from 400ms)", "gain -50 % relative from 400 ms"),
    ("Reduce build times by at least 25% (p50: 12 min)", "gain -25 % relative; bare-relative"),
    ("Reduce build times from 12 minutes by 25%", "gain -25 % relative from 12 min"),
    ("Reduce cost by €15k per month", "gain -15000 EUR/month"),
    ("Reduce annual cloud spend by $200k (from $1.1M)", "gain -200000 USD from 1100000 USD"),
    ("Revenue +20%", "gain +20 % relative; bare-relative"),
    ("Churn −2pp", "gain -2 points"),
    ("NPS +5 points", "gain +5 points"),
    ("Increase customers with more than 5 seats by 20%", "gain +20 % relative; bare-relative"),
    ("Improve NPS by +5", "gain +5 count"),
    ("Reduce cost per ticket by $2 from $10", "gain -2 USD/ticket from 10 USD"),
    ("Achieve 15% growth in ARR", "gain +15 % relative; bare-relative"),
];

#[test]
fn a_difference_is_a_gain() {
    check(A_DIFFERENCE_IS_A_GAIN);
}

const A_BOUND_IS_A_HOLD: &[(&str, &str)] = &[
    ("p95 API latency below 200 ms", "hold < 200 ms"),
    ("Keep error budget burn at or below 100% for all tier-1 services", "hold ≤ 100 %"),
    ("Keep monthly uptime at or above 99.9%", "hold ≥ 99.9 %"),
    ("Maintain 99.99% availability", "hold ≥ 99.99 %"),
    ("Maintain churn at 2%", "hold ≤ 2 %"),
    ("Availability never drops below 99.95%", "hold ≥ 99.95 %"),
    ("Page load never exceeds 3 seconds", "hold ≤ 3 s"),
    ("P1 tickets answered within 15 minutes", "hold ≤ 15 min"),
    ("No more than 2 Sev1 incidents per quarter", "hold ≤ 2 count/quarter"),
    ("Zero P1 incidents", "hold ≤ 0 count"),
    ("No security incidents", "hold ≤ 0 count"),
    ("At most two rollbacks per month", "hold ≤ 2 count/month"),
    ("Time to restore of 1 hour or less", "hold ≤ 1 h"),
    ("Uptime of 99.9% or better", "hold ≥ 99.9 %"),
    ("CI runs take no longer than 10 minutes", "hold ≤ 10 min"),
    ("sub-200ms p95 for search", "hold < 200 ms"),
    ("Have fewer than 3 rollbacks", "hold < 3 count"),
    ("Less than 1% of deploys cause an incident", "hold < 1 %"),
    ("More than 90% of builds green", "hold > 90 %"),
    ("Sales cycle < 45 days", "hold < 45 d"),
    ("Sales cycle shorter than 45 days", "hold < 45 d"),
    ("Bug backlog < 50 by 30 June", "hold < 50 count at the end"),
    ("Fewer than 50 open bugs on 2026-09-30", "hold < 50 count at the end"),
    ("Ensure no more than 5% of sprints slip", "hold ≤ 5 %"),
    ("Ensure 0 P0 incidents", "hold ≤ 0 count"),
    ("0 Sev1 incidents", "hold ≤ 0 count"),
    ("No P1 or P2 incidents", "hold ≤ 0 count"),
    ("Have zero data-loss incidents this quarter", "hold ≤ 0 count"),
    ("Error budget remaining ≥ 25 %", "hold ≥ 25 %"),
    (">= 99.9 % availability", "hold ≥ 99.9 %"),
    ("> 50 % of teams use the platform", "hold > 50 %"),
    ("Achieve mean CSAT ≥ 4.5/5", "hold ≥ 4.5 count"),
    ("Achieve CSAT of at least 4.5 out of 5", "hold ≥ 4.5 count"),
    ("Median PR review time under 4 business hours", "hold < 4 business hours"),
    ("Time to merge: p75 < 24h", "hold < 24 h"),
    ("Make 24/7 on-call sustainable: max 2 pages per shift", "hold ≤ 2 count/shift"),
    ("Max 2 pages per on-call shift", "hold ≤ 2 count/on-call shift"),
    ("On-call load: 2 pages/shift max", "hold ≤ 2 count/shift"),
    ("At least 99.9% of requests succeed", "hold ≥ 99.9 %"),
    ("Success rate at least 99.9%", "hold ≥ 99.9 %"),
    ("Ensure all pages load in 2 seconds or less on 3G", "hold ≤ 2 s"),
    ("Load home page in < 2 seconds on 3G devices", "hold < 2 s"),
    ("Keep p95 < 300ms while doubling traffic", "hold < 300 ms"),
    ("Maintain an eNPS above 40", "hold > 40 count"),
    ("Maintain >95% code coverage", "hold > 95 %"),
    ("Sustain 99.9% uptime through Black Friday", "hold ≥ 99.9 %"),
    ("Stay within $50k monthly budget", "hold ≤ 50000 USD"),
    ("Spend no more than $50k per month", "hold ≤ 50000 USD/month"),
    ("Do not exceed 5% error budget burn per week", "hold ≤ 5 %/week"),
    ("Keep the number of P1 incidents from exceeding 3", "hold ≤ 3 count"),
    ("Have 0 customer-reported data losses", "hold ≤ 0 count"),
    ("Score 4.2/5 or higher in dev survey", "hold ≥ 4.2 count"),
    ("Exceed 95% of the hiring plan", "hold > 95 %"),
    ("MR rate at or above 11", "hold ≥ 11 count"),
    ("Documenting is finished within 3 business days of a merge", "hold ≤ 3 working days"),
    ("Keep support below 1 developer-month per month", "hold < 1 developer-month/month"),
];

#[test]
fn a_bound_is_a_hold() {
    check(A_BOUND_IS_A_HOLD);
}

const A_VERB_OF_REACHING_SAYS_WHICH_WAY_IS_BETTER: &[(&str, &str)] = &[
    ("Reach 20 paying customers", "target 20 count up; no-baseline"),
    ("Reach 20 incidents", "target 20 count up; no-baseline"),
    ("Hit 20 paying customers", "target 20 count up; no-baseline"),
    ("Get to 20 paying customers", "target 20 count up; no-baseline"),
    ("Grow to 20 paying customers", "target 20 count up; no-baseline"),
    ("Attain 95% coverage", "target 95 % up; no-baseline"),
    ("Obtain 95% coverage", "target 95 % up; no-baseline"),
    ("Reduce open bugs to 20", "target 20 count down; no-baseline"),
    // Of what is better where it is less, they only say where to be.
    ("Achieve a churn of 2%", "target 2 %; no-baseline"),
    ("Achieve 2% churn", "target 2 %; no-baseline"),
    ("Hit 200 ms at the 95th percentile", "target 200 ms; no-baseline"),
    ("Reach an error rate of 1%", "target 1 %; no-baseline"),
];

#[test]
fn two_limits_of_one_value_are_a_range() {
    check(&[
        ("Keep sailing time between 3 and 5 days", "hold ≥ 3 d ≤ 5 d"),
        ("Sailing time stays between 3 and 5 days", "hold ≥ 3 d ≤ 5 d"),
        ("Fill is between 70% and 85% by 30 September", "hold ≥ 70 % ≤ 85 % at the end"),
        ("Hold fill at 70–85%", "hold ≥ 70 % ≤ 85 %"),
        ("Keep stock cover at 3 to 5 weeks", "hold ≥ 3 weeks ≤ 5 weeks"),
        ("Keep fares between $1.2M and $1.4M a month", "hold ≥ 1200000 USD/month ≤ 1400000 USD/month"),
        ("Wait times: between 90 min and 4 hours", "hold ≥ 90 min ≤ 4 h"),
        ("Waits between 2 and 4 hours", "hold ≥ 2 h ≤ 4 h"),
        ("Keep fuel within ±5% of 200", "hold ≥ 190 count ≤ 210 count"),
        ("Fuel within +/-5% of $200k", "hold ≥ 190000 USD ≤ 210000 USD"),
        ("Keep sailing time within ±3 days of 10 days", "hold ≥ 7 d ≤ 13 d"),
        // Which of the two a number is to move to, or which things there are, nobody can tell.
        ("Reduce sailing time to between 3 and 5 days", "none; number-range"),
        ("Cut waits to 3-5 days", "none; number-range"),
        ("Ship between 3 and 5 features", "none; milestone"),
        ("Guests between 18 and 25 come back", "none; number-range"),
        ("Keep fill between 85% and 70%", "none; number-range"),
        ("Keep fill within ±5% of 80%", "none; no-direction"),
        ("Keep fuel within ±5% of plan", "none; not-understood"),
    ]);
}

#[test]
fn a_verb_of_reaching_says_which_way_is_better() {
    check(A_VERB_OF_REACHING_SAYS_WHICH_WAY_IS_BETTER);
}

const A_LIMIT_WITH_A_DEADLINE_IS_JUDGED_AT_THE_END: &[(&str, &str)] = &[
    ("At least 85% of seats are filled by the end of the quarter", "hold ≥ 85 % at the end"),
    ("At least 85% of seats are filled at the end of Q3", "hold ≥ 85 % at the end"),
    ("At least 85% of seats are filled by end of quarter", "hold ≥ 85 % at the end"),
    ("At least 85% of seats are filled by quarter’s end", "hold ≥ 85 % at the end"),
    ("At least 85% of seats are filled by quarter's end", "hold ≥ 85 % at the end"),
    ("At least 85% of seats are filled by quarter end", "hold ≥ 85 % at the end"),
    ("At least 85% of seats are filled by year-end", "hold ≥ 85 % at the end"),
    ("At least 85% of seats are filled by EOQ", "hold ≥ 85 % at the end"),
    ("By 30 September, at least 85% of seats are filled", "hold ≥ 85 % at the end"),
    ("At least 85% of seats are filled by September 30th", "hold ≥ 85 % at the end"),
    ("At least 85% of seats are filled by the 30th of September", "hold ≥ 85 % at the end"),
    ("At least 85% of seats are filled before 2026-09-30", "hold ≥ 85 % at the end"),
    ("At least 85% of seats are filled by the end of September", "hold ≥ 85 % at the end"),
    ("Ensure at least 85% of seats are filled by the end of the quarter", "hold ≥ 85 % at the end"),
    ("Fewer than 50 open bugs by 9/30", "hold < 50 count at the end"),
    ("Final NPS at least 40", "hold ≥ 40 count at the end"),
    ("The final error rate is below 2%", "hold < 2 % at the end"),
    ("No open vulnerabilities by the end of the quarter", "hold ≤ 0 count at the end"),
    ("Keep churn below 2% until the end of the quarter", "hold < 2 %"),
    ("Keep churn below 2% by 30 September", "hold < 2 %"),
    ("At least 95% of tickets are answered by the end of the day", "hold ≥ 95 %"),
    ("At least 95% of invoices are paid by the end of each month", "hold ≥ 95 %"),
    ("At least 99% of requests on the final page succeed", "hold ≥ 99 %"),
    ("Less than 1% of deploys fail on Fridays", "hold < 1 %"),
];

#[test]
fn a_limit_with_a_deadline_is_judged_at_the_end() {
    check(A_LIMIT_WITH_A_DEADLINE_IS_JUDGED_AT_THE_END);
}

/// Where a number of things is denied, there may be none of them, whatever they are or do.
const DENIED_THINGS_ARE_A_LIMIT_AT_NOTHING: &[(&str, &str)] = &[
    ("No falls reach intensive care", "hold ≤ 0 count"),
    ("Zero letters get lost", "hold ≤ 0 count"),
    ("0 double bookings across all rooms", "hold ≤ 0 count"),
    ("No mislabelled parcels leave the depot", "hold ≤ 0 count"),
    ("No shipments without a delivery note", "hold ≤ 0 count"),
    ("No child waits longer than a day", "hold ≤ 0 count"),
    ("No invoice is paid late", "hold ≤ 0 count"),
    ("No permit is open for more than 5 days", "hold ≤ 0 count"),
    ("Zero unanswered mails", "hold ≤ 0 count"),
    ("No meal costs more than €5", "hold ≤ 5 EUR"),
    ("No transfers take longer than 2 days", "hold ≤ 0 count"),
    ("No complaint waits more than one business day for an answer", "hold ≤ 1 working days"),
    ("No customers leave", "hold ≤ 0 count"),
    ("Not a single delivery is late", "hold ≤ 0 count"),
    ("There are no unread letters at the end of a day", "hold ≤ 0 count"),
    ("Reach zero open positions", "hold ≤ 0 count"),
    ("Get to zero paper forms", "target 0 count down; no-baseline"),
    // What is wanted, compounds and single things are none.
    ("No customers", "none; no-number"),
    ("Zero emission buses on line 5", "none; not-understood"),
    ("No support for the old till", "none; no-number"),
    ("No change to the budget", "none; no-number"),
    ("We have no plans to move", "none; no-number"),
];

#[test]
fn denied_things_are_a_limit_at_nothing() {
    check(DENIED_THINGS_ARE_A_LIMIT_AT_NOTHING);
}
