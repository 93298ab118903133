//! The words that may stand in markup: elements and attributes that only show something.
//!
//! What is not listed is refused; `href`, `src` and `style` are looked at besides.

use std::sync::LazyLock;

/// A list of words.
pub(super) struct Words(LazyLock<Vec<&'static str>>);

impl Words {
    const fn new(sort: fn() -> Vec<&'static str>) -> Self {
        Self(LazyLock::new(sort))
    }

    /// Says whether a word is in the list.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.binary_search(&word).is_ok()
    }
}

/// Says whether an attribute is one that no reader of markup acts on: a note for style sheets or for screen readers.
pub(super) fn is_note(name: &str) -> bool {
    name.starts_with("data-") || name.starts_with("aria-")
}

fn sorted(words: &'static str) -> Vec<&'static str> {
    let mut words: Vec<&str> = words.split_ascii_whitespace().collect();
    words.sort_unstable();
    words
}

/// Elements of SVG in a file of its own.
pub(super) static DRAWING_ELEMENTS: Words = Words::new(|| {
    sorted(
        "a animate animateColor animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix \
         feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight \
         feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology \
         feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter flowDiv flowPara flowRegion \
         flowRoot flowSpan font font-face font-face-name g glyph hkern image line linearGradient marker mask metadata \
         missing-glyph mpath path pattern polygon polyline radialGradient rect set solidColor stop style svg switch \
         symbol text textPath title tspan use view vkern",
    )
});

/// Elements of SVG inside a page.
pub(super) static CHART_ELEMENTS: Words = Words::new(|| {
    sorted(
        "circle clipPath defs desc ellipse g line linearGradient marker mask path pattern polygon polyline \
         radialGradient rect stop svg symbol text textPath title tspan use",
    )
});

/// Attributes of SVG.
pub(super) static DRAWING_ATTRIBUTES: Words = Words::new(|| {
    sorted(
        "accent-height accumulate additive alignment-baseline alphabetic amplitude arabic-form ascent attributeName \
         attributeType azimuth baseFrequency baseProfile baseline-shift bbox begin bias by calcMode cap-height class \
         clip clip-path clip-rule clipPathUnits color color-interpolation color-interpolation-filters color-profile \
         color-rendering contentScriptType contentStyleType cursor cx cy d descent diffuseConstant direction display \
         divisor dominant-baseline dur dx dy edgeMode elevation enable-background end exponent \
         externalResourcesRequired fill fill-opacity fill-rule filter filterRes filterUnits flood-color flood-opacity \
         focusable font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style \
         font-variant font-variation-settings font-weight fr from fx fy g1 g2 glyph-name glyph-orientation-horizontal \
         glyph-orientation-vertical gradientTransform gradientUnits hanging height horiz-adv-x horiz-origin-x \
         horiz-origin-y href id ideographic image-rendering in in2 intercept isolation k k1 k2 k3 k4 kernelMatrix \
         kernelUnitLength kerning keyPoints keySplines keyTimes lang lengthAdjust letter-spacing lighting-color \
         limitingConeAngle line-height marker marker-end marker-mid marker-start markerHeight markerUnits markerWidth \
         mask mask-type maskContentUnits maskUnits mathematical max media method min mix-blend-mode mode name \
         numOctaves offset opacity operator order orient orientation origin overflow overline-position \
         overline-thickness paint-order panose-1 path pathLength patternContentUnits patternTransform patternUnits \
         pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius \
         refX refY rel rendering-intent repeatCount repeatDur requiredExtensions requiredFeatures restart result role \
         rotate rx ry scale seed shape-padding shape-rendering side slope solid-color solid-opacity spacing \
         specularConstant specularExponent spreadMethod startOffset stdDeviation stemh stemv stitchTiles stop-color \
         stop-opacity strikethrough-position strikethrough-thickness stroke stroke-dasharray stroke-dashoffset \
         stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style surfaceScale \
         systemLanguage tabindex tableValues target targetX targetY text-align text-anchor text-decoration text-indent \
         text-overflow text-rendering textLength title to transform transform-box transform-origin type u1 u2 \
         underline-position underline-thickness unicode unicode-bidi unicode-range units-per-em v-alphabetic v-hanging \
         v-ideographic v-mathematical values vector-effect version vert-adv-y vert-origin-x vert-origin-y viewBox \
         viewTarget visibility white-space width widths word-spacing writing-mode x x-height x1 x2 xChannelSelector y \
         y1 y2 yChannelSelector z zoomAndPan",
    )
});

/// Elements of a page's body.
pub(super) static PAGE_ELEMENTS: Words = Words::new(|| {
    sorted(
        "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn \
         div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark menu \
         meter nav ol p pre progress q rp rt ruby s samp search section small span strong sub summary sup table tbody \
         td tfoot th thead time tr u ul var wbr",
    )
});

/// Attributes of a page.
pub(super) static PAGE_ATTRIBUTES: Words = Words::new(|| {
    sorted(
        "abbr align alt charset class colspan content data datetime decoding dir download headers height hidden high \
         hreflang http-equiv id label lang loading low max media min name open optimum property rel reversed role \
         rowspan scope size sizes span spellcheck start tabindex target title translate type valign value width",
    )
});

/// Elements of the feed.
pub(super) static FEED_ELEMENTS: Words = Words::new(|| {
    sorted(
        "author category content contributor entry feed generator icon id link logo name published rights subtitle summary \
         title updated",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_of_the_words_runs_anything() {
        let lists =
            [&DRAWING_ELEMENTS, &CHART_ELEMENTS, &DRAWING_ATTRIBUTES, &PAGE_ELEMENTS, &PAGE_ATTRIBUTES, &FEED_ELEMENTS];
        for list in lists {
            assert!(list.0.is_sorted_by(|a, b| a < b), "a word stands there twice: {:?}", list.0);
            for bad in ["script", "iframe", "foreignObject", "object", "embed", "form", "base", "template", "noscript"]
            {
                assert!(!list.has(bad), "{bad}");
            }
            assert!(!list.0.iter().any(|word| word.starts_with("on")));
        }
        assert!(
            ["style", "srcdoc", "srcset", "src", "href", "ping", "is"].iter().all(|word| !PAGE_ATTRIBUTES.has(word))
        );
    }
}
