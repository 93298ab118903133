//! The words that the grammar knows, each with what it can mean.
//!
//! In: a word. Out: a set of meanings, empty for most words. Never looks at a word's neighbours.

use std::sync::LazyLock;

use crate::hash::WordTable;
use crate::model::catalogue::forms;

/// A set of meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Meaning(u32);

impl Meaning {
    /// A verb that makes numbers smaller.
    pub(super) const LOWER: Self = Self(1);
    /// A verb that makes numbers larger.
    pub(super) const HIGHER: Self = Self(1 << 1);
    /// A verb of change that doesn't say which way.
    pub(super) const CHANGE: Self = Self(1 << 2);
    /// A verb of arrival: achieve, reach.
    pub(super) const REACH: Self = Self(1 << 3);
    /// A verb whose object is delivered: ship, write, hire.
    pub(super) const OUTPUT: Self = Self(1 << 4);
    /// A verb that keeps a state: maintain, stay.
    pub(super) const HOLD: Self = Self(1 << 5);
    /// A verb that goes from one version to another.
    pub(super) const UPGRADE: Self = Self(1 << 6);
    /// A verb before which "from … to …" spans a range.
    pub(super) const SPAN: Self = Self(1 << 7);
    /// A word between a preposition and its number that changes nothing: about, a, only.
    pub(super) const FILLER: Self = Self(1 << 8);
    /// A word that may stand between "from" or "currently" and the number: current, average, of.
    pub(super) const LEAD: Self = Self(1 << 9);
    /// A word that names a start: currently, baseline, today.
    pub(super) const START: Self = Self(1 << 10);
    /// A word that is no noun, so that it ends a noun phrase.
    pub(super) const STOP: Self = Self(1 << 11);
    /// not, never, without…
    pub(super) const NEGATION: Self = Self(1 << 12);
    /// A word whose number is a name: Kubernetes 1.25, tier 1.
    pub(super) const NAMED: Self = Self(1 << 13);
    /// A word before "from 11.9 to 12.0" that makes versions of the numbers.
    pub(super) const PRODUCT: Self = Self(1 << 14);
    /// A month's name.
    pub(super) const MONTH: Self = Self(1 << 15);
    /// A bad event, of which there may be none.
    pub(super) const EVENT: Self = Self(1 << 16);
    /// A measure of which more is better.
    pub(super) const GOOD: Self = Self(1 << 17);
    /// A measure of which less is better.
    pub(super) const BAD: Self = Self(1 << 18);
    /// is, are, has…
    pub(super) const STATE: Self = Self(1 << 19);
    /// A word after which "to 5" is no target: access, respond.
    pub(super) const TOWARDS: Self = Self(1 << 20);
    /// A word that opens a clause of its own: while, and.
    pub(super) const JOIN: Self = Self(1 << 21);
    /// A word that multiplies: double, halve.
    pub(super) const TIMES: Self = Self(1 << 22);
    /// A word before a year: in, by, since.
    pub(super) const BEFORE_YEAR: Self = Self(1 << 23);
    /// faster, fewer…: after a percentage, a fall.
    pub(super) const FEWER: Self = Self(1 << 24);
    /// more, higher…: after a percentage, a rise.
    pub(super) const MORE: Self = Self(1 << 25);
    /// reduction, drop…: a noun for a fall.
    pub(super) const FALL: Self = Self(1 << 26);
    /// increase, growth…: a noun for a rise.
    pub(super) const RISE: Self = Self(1 << 27);
    /// The last word of a bound: than, least, under.
    pub(super) const BOUND: Self = Self(1 << 28);
    /// Any verb that changes a number.
    pub(super) const MOVES: Self = Self(Self::LOWER.0 | Self::HIGHER.0 | Self::CHANGE.0);

    /// Returns both sets together.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Says whether the two sets share a meaning.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Returns what `word` can mean, in any case of letters.
pub(super) fn meaning(word: &str) -> Meaning {
    let mut buffer = [0_u8; 24];
    let Some(lower) = buffer.get_mut(..word.len()) else { return Meaning::default() };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok().and_then(|word| MEANINGS.get(word)).copied().unwrap_or_default()
}

/// Verbs, from which the forms in -s, -ed and -ing are made.
const VERBS: [(Meaning, &str); 8] = [
    (
        Meaning::LOWER,
        "reduce cut lower decrease shorten shrink slash trim drop minimise minimize lessen halve curb decline fall fell \
         shave",
    ),
    (Meaning::HIGHER, "increase grow grew raise boost lift rise double triple quadruple treble"),
    (
        Meaning::CHANGE,
        "improve get bring take move drive optimise optimize change shift go speed push scale accelerate \
         turn pull bump expand",
    ),
    (Meaning::REACH, "achieve reach hit attain obtain"),
    (
        Meaning::OUTPUT,
        "ship launch deliver release migrate build implement complete finish deploy roll publish write document define \
         create design develop hire recruit run conduct host organise organize introduce establish enable integrate \
         upgrade adopt automate draft audit research land merge identify compile add provide make refactor rewrite \
         replace remove deprecate sunset open start begin train certify interview review present survey produce prepare \
         record feature elevate amplify celebrate sign set test demo demonstrate propose contribute submit ran wrote \
         made built shipped hold onboard evaluate explore plan validate speak talk",
    ),
    (Meaning::HOLD, "keep maintain sustain stay remain ensure hold kept held guarantee"),
    (Meaning::UPGRADE, "upgrade migrate update port bump switch transition"),
    (
        Meaning::SPAN,
        "support handle cover accept range span allow process serve vary accommodate age email receive send run",
    ),
];

/// Other words, as they are.
const WORDS: [(Meaning, &str); 22] = [
    (
        Meaning::FILLER,
        "about around approximately approx roughly circa ca only just a an the nearly almost some another additional \
         exactly",
    ),
    (
        Meaning::LEAD,
        "current currently baseline about around approximately approx roughly circa a an average avg of the today's \
         today’s todays today now last quarter's quarter’s quarter year's year’s year month's month’s month median mean \
         p50 p75 p90 p95 p99 just only existing present previous prior our level value rate score nearly almost initial \
         is at as total weekly daily monthly quarterly yearly starting q1's q2's q3's q4's q1’s q2’s q3’s q4’s q1 q2 q3 q4 over under",
    ),
    (Meaning::START, "current currently baseline today now was were vs versus previously presently formerly"),
    (
        Meaning::STOP,
        "from to by in on at of for with without per each every across and or but while within during as is are was \
         were be been than that which who when where if so after before until since over under above below between \
         through via into this last next a an the per compared currently now today average using due because not no \
         has have had total both w",
    ),
    (
        Meaning::NEGATION,
        "not never no cannot can't don't doesn't won't can’t don’t doesn’t won’t without isn't isn’t aren't aren’t \
         prevent avoid neither nor",
    ),
    (
        Meaning::NAMED,
        "tier type phase stage level top bottom first version step section soc iso rfc sev severity priority week sprint \
         milestone epic chapter part option class series gen generation page room item kr objective wave wcag \
         tls pci no fy day row line ticket issue pr pep jsr adr",
    ),
    (
        Meaning::PRODUCT,
        "kubernetes k8s postgres postgresql mysql mariadb python java node nodejs node.js ruby rails php go golang rust \
         react angular vue django spring dotnet ubuntu debian centos rhel linux kernel terraform elasticsearch \
         opensearch kafka redis mongodb typescript swift ios macos windows android xcode gradle maven jdk jre openssl \
         tls http api sdk version versions scala kotlin helm istio airflow spark hadoop flink chrome firefox webpack \
         nginx envoy grpc cuda tensorflow pytorch laravel symfony next.js nextjs ember jquery bootstrap eks gke aks \
         oracle cassandra consul vault ansible chef puppet jenkins gitlab clickhouse hibernate junit numpy pandas \
         electron flutter express deno bun vite eslint babel jest graphql ubuntu alpine fedora .net net v",
    ),
    (
        Meaning::MONTH,
        "january february march april june july august september october november december jan feb mar apr may jun jul \
         aug sep sept oct nov dec",
    ),
    (
        Meaning::EVENT,
        "incident incidents outage outages breach breaches regression regressions bug bugs defect defects vulnerability \
         vulnerabilities escalation escalations error errors failure failures violation violations rollback rollbacks \
         complaint complaints rejection rejections finding findings downtime crash crashes leak leaks loss losses sev1s sev2s sev0s p0s p1s p2s sev1 sev2 sev3 sev0 p0 p1 p2 p3 hotfix hotfixes",
    ),
    (
        Meaning::GOOD,
        "uptime availability nps csat retention satisfaction reliability conversion revenue adoption sla throughput \
         arr mrr dau mau wau nrr ctr coverage engagement accuracy activation margin margins profit productivity occupancy \
         signups traffic ltv arpu",
    ),
    (
        Meaning::BAD,
        "latency churn time duration mttr cost costs spend incidents bugs defects errors failures outages downtime \
         attrition backlog mttd cac abandonment waste",
    ),
    (
        Meaning::STATE,
        "is are be been being was were has have had having takes take stays remains score scores rate returns return \
         respond responds load loads finish finishes complete completes consistently always well reliably",
    ),
    (
        Meaning::TOWARDS,
        "access respond responds response responses reply replies answer answers exposed limited according next close \
         closer related due connected available assigned sold talk talks speak speaks presented present committed \
         migrate migrated moved delivered shipped rolled deployed released launched rollout invited sent offered shown \
         up thanks approach migration back ready relative compared equal add added expanded gave given pitched \
         demoed introduced applied apply applicable sales deliver ship roll release",
    ),
    (Meaning::JOIN, "while and but with keeping maintaining without whilst yet also plus"),
    (Meaning::TIMES, "double triple quadruple treble halve doubles triples doubling halving doubled halved tripled"),
    (
        Meaning::BEFORE_YEAR,
        "in by of since until during for end year early mid late before after q1 q2 q3 q4 h1 h2 fy calendar summer \
         winter spring autumn fall through",
    ),
    (Meaning::FEWER, "fewer less lower faster quicker cheaper shorter smaller quicker"),
    (Meaning::MORE, "more higher longer larger bigger greater"),
    (Meaning::FALL, "reduction decrease drop decline fall cut saving savings"),
    (Meaning::RISE, "increase growth rise uplift lift gain boost"),
    (Meaning::HIGHER, "grown risen"),
    (
        Meaning::BOUND,
        "to than exceed exceeds exceeding of below under above over most least max maximum minimum within",
    ),
];

static MEANINGS: LazyLock<WordTable<Meaning>> = LazyLock::new(|| {
    let mut map: WordTable<Meaning> = WordTable::default();
    let mut add = |word: String, meaning: Meaning| map.entry(word).or_default().0 |= meaning.0;
    for (meaning, verbs) in VERBS {
        for verb in verbs.split_whitespace() {
            for form in forms(verb) {
                add(form, meaning);
            }
        }
    }
    for (meaning, words) in WORDS {
        for word in words.split_whitespace() {
            add(word.to_owned(), meaning);
        }
    }
    map
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_in_all_their_forms_and_cases() {
        for word in ["reduce", "Reduces", "REDUCED", "reducing", "cutting", "dropped", "halving"] {
            assert!(meaning(word).has(Meaning::LOWER), "{word}");
        }
        for word in ["growing", "raises", "Increased", "lifting"] {
            assert!(meaning(word).has(Meaning::HIGHER), "{word}");
        }
        assert!(meaning("certified").has(Meaning::OUTPUT));
    }

    #[test]
    fn improve_says_no_direction() {
        assert!(!meaning("improve").has(Meaning::LOWER) && !meaning("improve").has(Meaning::HIGHER));
    }

    #[test]
    fn unknown_long_and_foreign_words_mean_nothing() {
        for word in ["", "zebra", "Verbesserung", "größer", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
            assert_eq!(meaning(word), Meaning::default(), "{word}");
        }
    }
}
