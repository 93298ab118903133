//! The words by which activity, delivery and effect are told apart, each with what it can be.
//!
//! In: a word. Out: a set of classes, empty for most words. Never looks at a word's neighbours.

use std::sync::LazyLock;

use crate::hash::WordTable;
use crate::model::catalogue::forms;

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Class(u64);

impl Class {
    /// A verb whose object is a thing that is then there: ship, migrate.
    pub(super) const MAKE: Self = Self(1);
    /// A verb whose object is then known or decided: identify, agree.
    pub(super) const KNOW: Self = Self(1 << 1);
    /// A verb whose object is a person who then belongs to the team: hire.
    pub(super) const HIRE: Self = Self(1 << 2);
    /// A verb whose object is an occasion or a piece for an audience: run, publish.
    pub(super) const DO: Self = Self(1 << 3);
    /// A verb that makes numbers larger.
    pub(super) const UP: Self = Self(1 << 4);
    /// A verb that makes numbers smaller.
    pub(super) const DOWN: Self = Self(1 << 5);
    /// A verb of change that doesn't say which way: improve.
    pub(super) const CHANGE: Self = Self(1 << 6);
    /// A verb that keeps a state.
    pub(super) const KEEP: Self = Self(1 << 7);
    /// A verb of arrival: achieve, reach.
    pub(super) const REACH: Self = Self(1 << 8);
    /// A verb that says what a thing can do: supports, provides.
    pub(super) const CAPABLE: Self = Self(1 << 9);
    /// A verb as it stands at the beginning of a sentence.
    pub(super) const BASE: Self = Self(1 << 10);
    /// A verb behind its subject: ships.
    pub(super) const THIRD: Self = Self(1 << 11);
    /// A verb's past or participle: shipped.
    pub(super) const PAST: Self = Self(1 << 12);
    /// A verb as a noun: shipping.
    pub(super) const GERUND: Self = Self(1 << 13);
    /// A word that ends a noun phrase: from, with.
    pub(super) const STOP: Self = Self(1 << 14);
    /// A word before a noun that names nothing: the, our, new.
    pub(super) const DETERMINER: Self = Self(1 << 15);
    /// is, are, has, have…
    pub(super) const BE: Self = Self(1 << 16);
    /// can, able…
    pub(super) const CAN: Self = Self(1 << 17);
    /// no, not, without…
    pub(super) const NOT: Self = Self(1 << 18);
    /// A noun before "of" that counts: number.
    pub(super) const NUMBER_OF: Self = Self(1 << 19);
    /// A noun before "of" that measures a share: percentage.
    pub(super) const SHARE_OF: Self = Self(1 << 20);
    /// A state of things that are delivered: available, live.
    pub(super) const DELIVERED: Self = Self(1 << 21);
    /// A noun for things that are delivered: prototype, roadmap.
    pub(super) const THING: Self = Self(1 << 22);
    /// People and bodies outside, who come or stay of their own will: customer.
    pub(super) const OUTSIDE: Self = Self(1 << 23);
    /// A number of at least two as a word.
    pub(super) const SEVERAL: Self = Self(1 << 24);
    /// A word whose number is a name: phase 2, tier 1, top 3.
    pub(super) const NAMED: Self = Self(1 << 25);
    /// A measure of time.
    pub(super) const TIME: Self = Self(1 << 26);
    /// A word between a sentence's beginning and its verb that changes nothing: successfully.
    pub(super) const ADVERB: Self = Self(1 << 27);
    /// A noun for what others grant: certification, approval.
    pub(super) const GRANT: Self = Self(1 << 28);
    /// An opinion where a measure belongs: easier, better.
    pub(super) const OPINION: Self = Self(1 << 29);
    /// all, each, every.
    pub(super) const ALL: Self = Self(1 << 30);
    /// A noun that says of another that it is a number: rate, score.
    pub(super) const FIGURE: Self = Self(1 << 31);
    /// frequently, often, daily…
    pub(super) const OFTEN: Self = Self(1 << 32);
    /// A word before a count that changes nothing: at, least, about.
    pub(super) const ABOUT: Self = Self(1 << 33);
    /// A word that makes the things behind it a known, finite set: the, these, both.
    pub(super) const DEFINITE: Self = Self(1 << 34);

    /// A verb in -s that is a noun as often: releases.
    pub(super) const NOUN: Self = Self(1 << 35);

    /// A verb that wishes well, without a thing that is there afterwards: delight.
    pub(super) const WISH: Self = Self(1 << 36);

    /// Any verb whose object is delivered.
    pub(super) const DELIVER: Self = Self(Self::MAKE.0 | Self::KNOW.0 | Self::HIRE.0 | Self::DO.0);
    /// Any verb that says that a number changes, stays or arrives.
    pub(super) const EFFECT: Self = Self(Self::UP.0 | Self::DOWN.0 | Self::CHANGE.0 | Self::KEEP.0 | Self::REACH.0);

    /// Returns both sets together.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Says whether the two sets share a class.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Returns what `word` can be, in any case of letters.
pub(super) fn class(word: &str) -> Class {
    let mut buffer = [0_u8; 24];
    let Some(lower) = buffer.get_mut(..word.len()) else { return Class::default() };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok().and_then(|word| CLASSES.get(word)).copied().unwrap_or_default()
}

/// Verbs, from which their forms are made.
const VERBS: [(Class, &str); 10] = [
    (
        Class::MAKE,
        "ship launch deliver release migrate implement build complete finish deploy roll create design develop \
         establish introduce enable integrate upgrade automate land merge set make replace remove deprecate sunset \
         retire decommission open start begin initiate prepare finalise finalize formalise formalize kick move \
         transition consolidate refactor rewrite redesign rework overhaul rebrand standardise standardize add \
         pilot prototype stand activate configure install construct update modernise modernize productionise \
         productionize productise productize dockerise containerise containerize port convert bring put switch \
         secure file fix resolve eliminate unify centralise centralize simplify streamline restructure extract \
         split transform digitise digitize publicise translate localise localize instrument wire connect sync \
         onboard embed operationalise operationalize rename relaunch reopen archive delete clean provision commission \
         appoint form found assemble spin bootstrap import export backfill adopt produce craft unblock conclude close refresh revamp extend \
         harden stabilise stabilize dogfood backport package bundle generalise generalize parallelise parallelize adapt \
         allocate assign compose decouple disable dismantle enforce equip externalise externalize fork fund incorporate \
         institute kickstart license link monetise monetize open-source outsource patch pave place populate procure \
         purchase rebuild re-architect rearchitect redefine redeploy redirect reform register rehost reimplement \
         relocate renew repair replatform replicate restore restyle retool rotate schedule script seed segregate separate \
         shut sketch stage structure swap tag template trial tune unbundle undertake unlock upload vet virtualise \
         virtualize visualise visualize wrap isolate sandbox mirror publicise partner collaborate complement generate \
         award elect dockerize reorganise reorganize rearrange simulate rehome re-platform qualify calibrate mount \
         solder automatise retrain renovate amend enact ratify adjust rebase publicize localize unbundle deduplicate",
    ),
    (
        Class::KNOW,
        "identify define decide determine document draft write outline specify scope plan propose select choose \
         agree align research analyse analyze assess audit evaluate explore investigate review map measure validate \
         understand compile discover test benchmark design prioritise prioritize clarify articulate describe codify \
         catalogue catalog inventory estimate model spec baseline approve sign negotiate formulate track monitor \
         gather collect capture record survey conduct examine diagnose refine revise socialise socialize verify prove \
         recommend present reconcile profile investigate learn forecast budget contract endorse shortlist brainstorm",
    ),
    (Class::HIRE, "hire recruit staff appoint fill"),
    (
        Class::DO,
        "run conduct host hold organise organize publish send give speak present attend train interview visit \
         facilitate lead teach mentor coach certify perform celebrate amplify elevate feature showcase promote announce \
         share post tweet blog record broadcast demo demonstrate meet deliver submit contribute participate sponsor \
         arrange coordinate issue circulate communicate distribute advertise author execute practise rehearse log answer reply moderate invite attend pitch spend \
         source process nominate reward audit blog supervise talk speak call email phone patch scan label annotate \
         moderate coauthor prospect canvass shadow consult brief survey screen shoot order",
    ),
    (
        Class::UP,
        "increase grow raise boost lift rise double triple quadruple expand scale push maximise maximize exceed gain climb",
    ),
    (
        Class::DOWN,
        "reduce cut lower decrease shorten shrink slash trim drop minimise minimize lessen halve curb decline fall \
         shave limit",
    ),
    (Class::CHANGE, "improve optimise optimize accelerate speed strengthen enhance better bring get move shift change"),
    (Class::KEEP, "keep maintain sustain stay remain ensure preserve guarantee retain prevent avoid"),
    (Class::REACH, "achieve reach hit attain obtain get earn win secure receive gain acquire pass have"),
    (
        Class::CAPABLE,
        "support provide include allow enable indicate describe integrate handle contain offer let expose cover \
         display show document explain define implement accept work comply",
    ),
];

/// Participles that follow no rule.
const IRREGULAR: [(Class, &str); 3] = [
    (Class::MAKE, "built made set put shut begun begun split rewritten rebuilt brought"),
    (Class::KNOW, "written chosen drawn understood proven named"),
    (Class::DO, "held run given sent led spoken taught met done taken"),
];

/// Other words, as they are.
const WORDS: [(Class, &str); 24] = [
    (
        Class::STOP,
        "from to by in on at of for with without per across and or but while within during as than that which who whose \
         when where if so after before until since over under above below between through via into onto due because \
         out off away once twice including happen happens occur occurs using based compared versus vs against among towards toward throughout about like whether is are was \
         were be been will would should must can could has have had not then thus such once using against",
    ),
    (
        Class::DETERMINER,
        "the a an our their its your his her this these those new any some more existing additional further another all \
         each every total overall average avg mean median monthly weekly daily quarterly annual yearly own different \
         various many several current currently key main high-quality quality good great successful practical useful \
         open published merged completed shipped delivered closed resolved",
    ),
    (Class::BE, "is are be been being was were has have had gets get got becomes become remains isn't aren't"),
    (Class::CAN, "can could able"),
    (
        Class::NOT,
        "no not never none without neither nor cannot can't don't doesn't isn't aren't won't zero nobody nothing",
    ),
    (Class::NUMBER_OF, "number amount count volume total quantity frequency cadence"),
    (Class::SHARE_OF, "share percentage percent proportion fraction ratio rate"),
    (
        Class::DELIVERED,
        "available live complete completed ready usable public implemented done operational functional ga in-place \
         production-ready finalised finalized integrated finished accessible viable feature-complete discoverable \
         replaceable upgradable self-service backwards-compatible compatible stable",
    ),
    (
        Class::THING,
        "implementation prototype proof-of-concept poc proof mvp spec specification roadmap plan report documentation docs \
         document doc runbook rfc adr design strategy policy framework guideline guidelines process playbook handbook \
         dashboard schema codec library parser api sdk integration migration demo pilot beta release launch rollout \
         audit assessment review analysis study research proposal charter template checklist portal platform tool tooling \
         feature module component pipeline environment system programme program website site page app application \
         service interface editor map model engine framework workflow process standard standards baseline inventory \
         support collection visualisation visualization catalogue catalog training curriculum kpis metrics architecture \
         infrastructure refactoring refactor rewrite redesign upgrade automation reporting scorecard backlog brief",
    ),
    (
        Class::OUTSIDE,
        "customer customers client clients user users partner partners account accounts subscriber subscribers member \
         members donor donors patient patients citizen citizens applicant applicants student students reader readers \
         editor editors contributor contributors maintainer maintainers organisation organisations organization \
         organizations company companies prospect prospects deal deals logo logos tenant tenants merchant merchants seller \
         sellers buyer buyers visitor visitors household households shop shops team teams lead leads opportunity \
         opportunities trial trials signup signups sign-up sign-ups adopter adopters volunteer volunteers contract \
         contracts order orders sale sales",
    ),
    (
        Class::SEVERAL,
        "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred dozen",
    ),
    (
        Class::NAMED,
        "tier type phase stage level top version step soc soc2 iso rfc sev severity priority sprint milestone part class \
         generation gen wave wcag tls pci fy q q1 q2 q3 q4 h1 h2 p v day row line ticket issue pr adr type1 iec nist python \
         java kubernetes postgres node react angular ruby php windows android ios section chapter item kr objective month",
    ),
    (
        Class::TIME,
        "second seconds sec secs s minute minutes min mins hour hours hr hrs h day days d week weeks w month months \
         quarter quarters year years ms millisecond milliseconds january february march april may june july august september \
         october november december jan feb mar apr jun jul aug sep sept oct nov dec business working calendar",
    ),
    (
        Class::ADVERB,
        "successfully fully we will also then please jointly quickly safely continuously finally now team teams to",
    ),
    (
        Class::GRANT,
        "certification certifications certificate compliance accreditation attestation approval parity completeness \
         sign-off signoff authorisation authorization ato license licence completion agreement alignment buy-in audit",
    ),
    (
        Class::OPINION,
        "easier better faster simpler smoother happier stronger cleaner clearer safer quicker easy fast simple better \
         good great happy satisfying delightful best world-class world needs trusts loves love knows know satisfied",
    ),
    (Class::ALL, "all each every everyone both"),
    (
        Class::FIGURE,
        "score scores rating ratings level levels rate rates percentage count counts figure figures ratio metric metrics \
         number numbers total volume growth index value average throughput frequency cadence",
    ),
    (Class::OFTEN, "frequently often frequent daily weekly hourly continuously regularly"),
    (
        Class::ABOUT,
        "at least minimum of over more than up about around approximately roughly another additional further new up-to \
         some only just an a",
    ),
    (Class::DEFINITE, "the these those both top all our its their remaining last first every each"),
    (
        Class::NOUN,
        "releases reviews tests reports designs plans builds updates features shares posts records starts sets surveys \
         drafts models maps scopes exports imports fixes files moves forms interviews visits issues \
         covers cuts rises drops falls raises teams leads demos pilots prototypes specs estimates samples audits lists \
         measures upgrades rewrites deploys launches writes runs ",
    ),
    (Class::STOP, "every each"),
    (
        Class::WISH,
        "delight help support serve drive empower inspire protect own foster nurture encourage wow respect honour honor be \
         become love live lead win beat bring put give",
    ),
];

static CLASSES: LazyLock<WordTable<Class>> = LazyLock::new(|| {
    let mut map: WordTable<Class> = WordTable::default();
    let mut add = |word: String, class: Class| map.entry(word).or_default().0 |= class.0;
    for (class, verbs) in VERBS {
        for verb in verbs.split_whitespace() {
            for form in forms(verb) {
                let kind = match &form {
                    form if form == verb => Class::BASE,
                    form if form.ends_with("ed") => Class::PAST,
                    form if form.ends_with("ing") => Class::GERUND,
                    _ => Class::THIRD,
                };
                add(form, Class(class.0 | kind.0));
            }
        }
    }
    for (class, words) in IRREGULAR {
        words.split_whitespace().for_each(|word| add(word.to_owned(), Class(class.0 | Class::PAST.0)));
    }
    for (class, words) in WORDS {
        words.split_whitespace().for_each(|word| add(word.to_owned(), class));
    }
    map
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_in_their_forms_and_cases() {
        for (word, expected) in [
            ("Ship", Class::BASE),
            ("ships", Class::THIRD),
            ("SHIPPED", Class::PAST),
            ("shipping", Class::GERUND),
            ("built", Class::PAST),
            ("publishes", Class::THIRD),
        ] {
            assert!(class(word).has(expected) && class(word).has(Class::DELIVER), "{word}");
        }
    }

    #[test]
    fn unknown_long_and_foreign_words_are_of_no_class() {
        for word in ["", "zebra", "Auslieferung", "größer", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
            assert_eq!(class(word), Class::default(), "{word}");
        }
    }
}
