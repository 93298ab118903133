//! Tables of files that strangers would like to see published, and of harmless ones that programs write.

use super::*;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Returns a drawing with something inside its root.
fn drawn(inside: &str) -> String {
    format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">{inside}</svg>")
}

/// What stands in drawings that could do something.
const ACTIVE_DRAWINGS: &[&str] = &[
    "<script>alert(1)</script>",
    "<script href=\"x.js\"/>",
    "<script/>",
    "<SCRIPT>alert(1)</SCRIPT>",
    "<svg:script xmlns:svg=\"http://www.w3.org/2000/svg\">alert(1)</svg:script>",
    "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
    "<script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script>",
    "<g xmlns=\"http://www.w3.org/1999/xhtml\"><img src=\"x\" onerror=\"alert(1)\"/></g>",
    "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>",
    "<foreignobject/>",
    "<iframe src=\"javascript:alert(1)\"/>",
    "<object data=\"x.html\"/>",
    "<embed src=\"x.swf\"/>",
    "<audio onerror=\"alert(1)\"/>",
    "<handler type=\"application/ecmascript\">alert(1)</handler>",
    "<listener event=\"click\"/>",
    "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" href=\"javascript:alert(1)\"/>",
    "<rect onclick=\"alert(1)\"/>",
    "<rect ONLOAD=\"alert(1)\"/>",
    "<rect onFocusIn=\"alert(1)\"/>",
    "<rect xlink:onclick=\"alert(1)\"/>",
    "<rect on:click=\"x\"/>",
    "<rect ev:event=\"load\" xmlns:ev=\"http://www.w3.org/2001/xml-events\"/>",
    "<g xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" inkscape:onload=\"alert(1)\"/>",
    "<a href=\"javascript:alert(1)\"><text>x</text></a>",
    "<a xlink:href=\"java&#115;cript:alert(1)\"/>",
    "<a xlink:href=\"java&#x09;script:alert(1)\"/>",
    "<a href=\" javascript:alert(1)\"/>",
    "<a href=\"JAVASCRIPT:alert(1)\"/>",
    "<a href=\"data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;\"/>",
    "<a xml:base=\"javascript:\" href=\"x\"/>",
    "<a href=\"&colon;x\"/>",
    "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
    "<set attributeName=\"xlink:href\" to=\"javascript:alert(1)\"/>",
    "<animate attributeName=\"onload\" values=\"alert(1)\"/>",
    "<animate attributeName=\" href\" values=\"javascript:alert(1)\"/>",
    "<animate attributeName=\"style\" values=\"x\"/>",
    "<use href=\"evil.svg#a\"/>",
    "<use xlink:href=\"https://evil.example/x.svg#a\"/>",
    "<use href=\"data:image/svg+xml;base64,PHN2Zy8+#a\"/>",
    "<image href=\"https://evil.example/x.png\"/>",
    "<image xlink:href=\"//evil.example/x.png\"/>",
    "<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>",
    "<image href=\"x.png\"/>",
    "<filter><feImage href=\"https://evil.example/x.svg\"/></filter>",
    "<textPath href=\"x.svg#a\">x</textPath>",
    "<linearGradient xlink:href=\"https://evil.example/#a\"/>",
    "<rect fill=\"url(https://evil.example/x.svg#a)\"/>",
    "<rect fill=\"URL( 'https://evil.example/x' )\"/>",
    "<rect fill=\"u\\72l(https://evil.example/x)\"/>",
    "<rect fill=\"&#117;rl(https://evil.example/x)\"/>",
    "<rect filter=\"url(//evil.example)\"/>",
    "<rect style=\"fill: url(x.svg#a)\"/>",
    "<rect style=\"background: url(data:image/png;base64,AA)\"/>",
    "<rect style=\"width: expression(alert(1))\"/>",
    "<rect style=\"-moz-binding: url(#a)\"/>",
    "<rect style=\"behavior : url(#a)\"/>",
    "<rect style=\"fill: image-set('https://evil.example/x' 1x)\"/>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>@IMPORT url(x.css);</style>",
    "<style>@\\69mport 'x.css';</style>",
    "<style>rect { fill: url(https://evil.example) }</style>",
    "<style>rect { fill: u<!-- -->rl(https://evil.example) }</style>",
    "<style><![CDATA[rect { fill: u]]>rl(https://evil.example) }</style>",
    "<style>@font-face { font-family: x; src: url(https://evil.example/x.woff) }</style>",
    "<style>a { content: '\\\r\nx'; } b { fill: url(https://evil.example) }</style>",
    "<style>a\\\nurl(https://evil.example)</style>",
    "<style><g/></style>",
    "<style><!-- </style><script>alert(1)</script> --></style>",
    "<title><!--</title><script>alert(1)</script>--></title>",
    "<style>a { fill: image-set(var(--x) 1x); --x: 'https://evil.example' }</style>",
    "<script xmlns=\"http://www.inkscape.org/namespaces/inkscape\">alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href=\"x.xsl\" type=\"text/xsl\"?>",
    "<!-- a -- b -->",
    "<!--><script>alert(1)</script>-->",
    "<!--->x-->",
    "<text>&unknown;</text>",
    "<text>&#0;</text>",
    "<rect width=1/>",
    "<rect width=\"1\"height=\"1\"/>",
    "<rect width=\"1\" width=\"2\"/>",
    "<rect",
    "<g>",
    "</g>",
    "<g></a>",
    "<g:script xmlns:g=\"urn:x\"/>",
    "<undeclared:g/>",
    "<rect srcdoc=\"x\"/>",
    "<animation href=\"x.svg\"/>",
    "<discard/>",
    "<template><g/></template>",
    "<color-profile xlink:href=\"https://evil.example\"/>",
    "<cursor xlink:href=\"https://evil.example\"/>",
    "<font-face-uri xlink:href=\"https://evil.example\"/>",
    "<meta http-equiv=\"refresh\" content=\"0; url=https://evil.example\"/>",
    "\u{1}",
];

#[test]
fn drawings_that_could_do_something_are_refused() {
    for &inside in ACTIVE_DRAWINGS {
        let drawing = drawn(inside);
        let refusal = asset("assets/x.svg", drawing.as_bytes()).expect_err(inside);
        assert!(refusal.at.is_some() || inside == "<g>", "{inside}: {refusal:?}");
        assert!(!refusal.help.is_empty() && refusal.is_active, "{inside}: {refusal:?}");
    }
}

#[test]
fn files_that_are_no_drawings_are_refused() {
    let utf16: Vec<u8> = "<svg onload='x'/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wholes: [&[u8]; 22] = [
        b"",
        b"text",
        b"<html><script>alert(1)</script></html>",
        b"<!DOCTYPE html><svg/>",
        b"<!DOCTYPE svg [<!ENTITY x \"<script>alert(1)</script>\">]><svg>&x;</svg>",
        b"<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg/>",
        b"<!doctype svg SYSTEM 'file:///etc/passwd'><svg/>",
        b"<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg/>",
        b"<?xml version=\"1.0\" encoding='utf-16'?><svg/>",
        b"<?xml version=\"1.0\" encoding=\"x\" encoding=\"utf-8\"?><svg/>",
        b"<?xml-stylesheet href=\"x\"?><svg/>",
        b"<?xml version=\"1.0\"?><?xml-stylesheet href=\"javascript:alert(1)\"?><svg/>",
        b"<svg/><svg/>",
        b"<svg/>text",
        b"<svg/><script/>",
        b"<svg xmlns=\"http://www.w3.org/1999/xhtml\"/>",
        b"<x:svg xmlns:x=\"http://www.w3.org/1999/xhtml\"/>",
        b"<html:svg/>",
        b"<inkscape:x xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\"/>",
        b"\xff\xfe<\0s\0v\0g\0",
        b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        &utf16,
    ];
    for whole in wholes {
        asset("assets/x.svg", whole).expect_err(&String::from_utf8_lossy(whole));
    }
    asset("assets/x.svg", "<g>".repeat(100_000).as_bytes()).expect_err("too deep");
}

/// What Inkscape writes.
const INKSCAPE: &str = r##"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="210mm" height="297mm" viewBox="0 0 210 297" version="1.1" id="svg5" inkscape:version="1.2.2"
   sodipodi:docname="logo.svg" xml:space="preserve" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:xlink="http://www.w3.org/1999/xlink"
   xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg"
   xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#"
   xmlns:dc="http://purl.org/dc/elements/1.1/">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:zoom="0.7" inkscape:document-units="mm"/>
  <defs id="defs2"><linearGradient inkscape:collect="always" id="lg1"><stop style="stop-color:#000;stop-opacity:1" offset="0"/></linearGradient>
  <radialGradient xlink:href="#lg1" id="rg" gradientUnits="userSpaceOnUse" cx="1" cy="2" fx="1" fy="2" r="3"/>
  <filter style="color-interpolation-filters:sRGB" id="f"><feGaussianBlur stdDeviation="0.5"/></filter></defs>
  <metadata id="metadata5"><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format>
  <dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/></cc:Work></rdf:RDF></metadata>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1">
  <path style="fill:url(#rg);filter:url(#f);font-family:'Open Sans';-inkscape-font-specification:'Open Sans, Bold'" d="M 1,2 C 3,4 5,6 7,8 Z" sodipodi:nodetypes="cc"/>
  <svg:rect width="1" height="1"/><use xlink:href="#layer1" transform="translate(1,2)"/></g>
</svg>
"##;

#[test]
fn drawings_that_programs_write_pass() {
    let illustrator = r##"<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 24.1.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px"
	 viewBox="0 0 100 50" style="enable-background:new 0 0 100 50;" xml:space="preserve">
<style type="text/css">
	.st0{clip-path:url(#SVGID_2_);fill:#FF0000;}
	.st1{fill-rule:evenodd;clip-rule:evenodd;fill:url("#SVGID_1_");}
</style>
<defs><rect id="SVGID_1_" width="100" height="50"/></defs>
<clipPath id="SVGID_2_"><use xlink:href="#SVGID_1_"  style="overflow:visible;"/></clipPath>
<text transform="matrix(1 0 0 1 1 2)" class="st0" style="font-family:'MyriadPro-Regular'; font-size:12px;">A &amp; B</text>
</svg>"##;
    let figma = r##"<svg width="24" height="24" viewBox="0 0 24 24" fill="none" xmlns="http://www.w3.org/2000/svg">
<mask id="mask0" style="mask-type:alpha" maskUnits="userSpaceOnUse" x="0" y="0" width="24" height="24"><rect width="24" height="24" fill="#D9D9D9"/></mask>
<g mask="url(#mask0)"><path fill-rule="evenodd" clip-rule="evenodd" d="M12 2L2 7" fill="url(#paint0_linear)" stroke-linecap="round"/></g>
<defs><linearGradient id="paint0_linear" x1="2" y1="2" x2="22" y2="22" gradientUnits="userSpaceOnUse"><stop stop-color="#F00"/><stop offset="1" stop-color="#00F" stop-opacity="0"/></linearGradient></defs>
</svg>
"##;
    let sketch = r##"<?xml version="1.0" encoding="UTF-8"?>
<svg width="32px" height="32px" viewBox="0 0 32 32" version="1.1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:sketch="http://www.bohemiancoding.com/sketch/ns">
    <!-- Generator: Sketch 52.6 (67491) - http://www.bohemiancoding.com/sketch -->
    <title>logo</title><desc>Created with Sketch.</desc>
    <g id="Page-1" stroke="none" stroke-width="1" fill="none" fill-rule="evenodd" sketch:type="MSPage"><polygon id="P" fill="#000" points="0 0 1 1 2 0"></polygon></g>
</svg>"##;
    for drawing in [INKSCAPE, illustrator, figma, sketch] {
        assert_eq!(asset("assets/logo.svg", drawing.as_bytes()), Ok(()), "{drawing}");
    }
    assert_eq!(asset("assets/logo.svg", format!("\u{feff}{sketch}").as_bytes()), Ok(()));
    assert_eq!(asset("assets/LOGO.SVG", b"<svg/>"), Ok(()));
    for inside in [
        "",
        "<a href=\"https://example.com\"><text>more</text></a>",
        "<image href=\"data:image/png;base64,iVBORw0KGgo=\" width=\"1\"/>",
        "<circle r=\"1\"><animate attributeName=\"r\" values=\"1;2;1\" dur=\"2s\" repeatCount=\"indefinite\"/></circle>",
        "<g><animateTransform attributeName=\"transform\" type=\"rotate\" from=\"0\" to=\"360\" dur=\"1s\"/></g>",
        "<style><![CDATA[.a > .b { fill: #f00 } @media (prefers-color-scheme: dark) { path { fill: #fff } }]]></style>",
        "<style>.a &gt; .b { fill: red }</style>",
        "<text x=\"1\">5 &lt; 6 &#8364; > é</text>",
        "<g data-name=\"Layer 1\" aria-hidden='true' role=\"img\"/>",
        "<!-- a - b -->",
    ] {
        assert_eq!(asset("assets/a.svg", drawn(inside).as_bytes()), Ok(()), "{inside}");
    }
}

#[test]
fn style_sheets_load_nothing_from_elsewhere() {
    for bad in [
        "@import 'x.css';",
        "@import url(//evil.example/x.css);",
        "@ImPoRt \"https://evil.example\";",
        "@\\000069mport 'x';",
        "a { background: url(https://evil.example/x.png) }",
        "a { background: url( \"https://evil.example/x.png\" ) }",
        "a { background: url('\\68ttps://evil.example/x.png') }",
        "a { background: u\\72l(https://evil.example) }",
        "a { background: \\75\\72\\6c(https://evil.example) }",
        "a { background: url(//evil.example) }",
        "a { background: url(\\\\evil.example) }",
        "a { background: url(ftp://evil.example) }",
        "a { background: image-set('https://evil.example' 1x) }",
        "a { background: -webkit-image-set(url(https://evil.example) 1x) }",
        "a { background: cross-fade(20%, \"https://evil.example\") }",
        "a { background: src('https://evil.example') }",
        "a { --x: 'https://evil.example'; background: image-set(var(--x) 1x) }",
        "@font-face { src: url(https://evil.example/x.woff2) format('woff2') }",
        "a { width: expression(alert(1)) }",
        "a { behavior: url(x.htc) }",
        "a { -MOZ-BINDING/**/: url(x.xml#y) }",
        "a { background: url(data:text/html,x) }",
        "a { background: url(a'b) }",
        "@charset \"utf-7\";",
        "@charset \"\u{e9}\u{e9}\u{e9}",
        "<script>alert(1)</script>",
        "<!-- <script> -->",
        "</style><script>",
        "a { b: \"\\\r\n\"; } c { background: url(https://evil.example) }",
        "a\\\nb url(//evil.example)",
        "\u{0}",
    ] {
        asset("assets/site.css", bad.as_bytes()).expect_err(bad);
    }
    for good in [
        "",
        "\u{feff}body { color: red }",
        "@charset \"UTF-8\"; a { color: #fff }",
        "/* url(https://example.com) <a> */ a { b: c }",
        "a::before { content: \"https://example.com \\201C <b>\"; }",
        "a { background: url(logo.png) no-repeat, url('../x.svg#y') }",
        "a { background: url(data:image/svg+xml;utf8,%3Csvg/%3E) }",
        "a { background: url(\"data:image/png;base64,AA==\") }",
        "@font-face { font-family: X; src: url(data:font/woff2;base64,AA) format(\"woff2\") }",
        "@namespace svg url(http://www.w3.org/2000/svg); svg|a { color: red }",
        "@media (width <= 600px) { .a\\:b > c { margin: calc(1px + var(--x, 2px)) } }",
        ".image { src: x } .behavior { scroll-behavior: smooth }",
        "a { b: 'unfinished\n } c { d: e }",
    ] {
        assert_eq!(asset("assets/site.css", good.as_bytes()), Ok(()), "{good}");
    }
    for path in ["assets/site.css", "assets/chart.css", "assets/print.css", "assets/favicon.svg"] {
        let bytes = std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("readable");
        assert_eq!(asset(path, &bytes), Ok(()), "{path}");
    }
}

#[test]
fn names_and_contents_have_to_agree() {
    let png: &[u8] = b"\x89PNG\r\n\x1a\n\0\0";
    let good: [(&str, &[u8]); 16] = [
        ("assets/a.png", png),
        ("assets/A.PNG", png),
        ("assets/deep/er/Our Logo (1).png", png),
        ("assets/Größe.png", png),
        ("assets/inter.v3-latin.woff2", b"wOF2\0"),
        ("assets/a.woff", b"wOFF"),
        ("assets/a.ttf", b"\0\x01\0\0\0"),
        ("assets/a.otf", b"OTTO"),
        ("assets/a.jpg", b"\xff\xd8\xff\xe0"),
        ("assets/a.jpeg", b"\xff\xd8\xff\xdb"),
        ("assets/a.gif", b"GIF89a"),
        ("assets/a.webp", b"RIFF\x10\0\0\0WEBPVP8 "),
        ("assets/a.avif", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"),
        ("assets/a.avif", b"\0\0\0\x18ftypmif1\0\0\0\0avifmif1"),
        ("assets/a.ico", b"\0\0\x01\0\x01\0\x10\x10"),
        ("assets/a.css", b"a{}"),
    ];
    for (path, bytes) in good {
        assert_eq!(asset(path, bytes), Ok(()), "{path}");
    }
    let active: [(&str, &[u8]); 27] = [
        ("assets/evil.html", b"<script>"),
        ("assets/evil.HTM", b"x"),
        ("assets/x.svg.html", b"<svg/>"),
        ("assets/x.html.png", b"<script>alert(1)</script>"),
        ("assets/x.html.png", png),
        ("assets/x.php.png", png),
        ("assets/x.PhP5.jpg", b"\xff\xd8\xff"),
        ("assets/x.png", b" \n<html>"),
        ("assets/x.png", b"\xef\xbb\xbf<svg onload='x'/>"),
        ("assets/x.gif", b"<html>"),
        ("assets/x.ico", b"%PDF-1.7"),
        ("assets/site.js", b"x"),
        ("assets/sw.mjs", b"x"),
        ("assets/x.pdf", b"%PDF"),
        ("assets/x.xml", b"<x/>"),
        ("assets/x.xhtml", b"<x/>"),
        ("assets/x.xht", b"<x/>"),
        ("assets/x.swf", b"FWS"),
        ("assets/x.wasm", b"\0asm"),
        ("assets/x.svgz", b"\x1f\x8b"),
        ("assets/x.svg.gz", b"\x1f\x8b"),
        ("assets/x.gz.css", b"a{}"),
        ("assets/x.mht", b"x"),
        ("assets/x.hta", b"x"),
        ("assets/x.shtml", b"x"),
        ("assets/x.xsl", b"x"),
        ("assets/x.svg", b"<svg onload=\"x\"/>"),
    ];
    for (path, bytes) in active {
        let refusal = asset(path, bytes).expect_err(path);
        assert!(refusal.is_active, "{path}: {refusal:?}");
    }
    let unknown: [(&str, &[u8]); 34] = [
        ("assets/README", b"x"),
        ("assets/CNAME", b"evil.example"),
        ("assets/_headers", b"/*\n  X: y"),
        ("assets/_redirects", b"/ /x"),
        ("assets/.htaccess", b"x"),
        ("assets/.well-known/x.png", png),
        ("assets/x.", b"x"),
        ("assets/x.png ", png),
        ("assets/ x.png", png),
        ("assets//x.png", png),
        ("assets/../x.png", png),
        ("assets/x.txt", b"x"),
        ("assets/x.csv", b"=1"),
        ("assets/x.json", b"{}"),
        ("assets/x.md", b"x"),
        ("assets/x.webmanifest", b"{}"),
        ("assets/x.ttc", b"ttcf"),
        ("assets/x#y.png", png),
        ("assets/x?y.png", png),
        ("assets/x%2e.png", png),
        ("assets/x\"y.png", png),
        ("assets/x<y.png", png),
        ("assets/x\\y.png", png),
        ("assets/x:y.png", png),
        ("assets/x\ny.png", png),
        ("assets/x\u{202e}gnp.png", png),
        ("assets/x\u{200b}.png", png),
        ("assets/x\u{a0}y.png", png),
        ("assets/a.png", b"\xff\xd8\xff"),
        ("assets/a.png", b""),
        ("assets/a.webp", b"RIFF\x10\0\0\0WAVE"),
        ("assets/a.avif", b"\0\0\0\x1cftypmp42\0\0\0\0isommp42"),
        ("assets/a.woff2", b"wOFF"),
        ("assets/a.ttf", b"MZ"),
    ];
    for (path, bytes) in unknown {
        let refusal = asset(path, bytes).expect_err(path);
        assert!(!refusal.is_active, "{path:?}: {refusal:?}");
    }
}

/// Returns a page of okrbook's form with something in its body.
fn page_with(body: &str) -> String {
    paged("", body)
}

fn paged(head: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<title>x</title>\n{head}</head>\n\
         <body>\n<main id=\"main\" tabindex=\"-1\">{body}</main>\n</body>\n</html>\n",
        POLICIES[0]
    )
}

/// What stands in pages that could do something.
const ACTIVE_BODIES: &[&str] = &[
    "<script>alert(1)</script>",
    "<script src=\"../assets/site.js\"></script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    "<scr\u{131}pt>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style>*{}</style></svg>",
    "<svg><a href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><use href=\"x.svg#a\"/></svg>",
    "<svg><image href=\"x\"/></svg>",
    "<svg><foreignObject><p>x</p></foreignObject></svg>",
    "<svg><set attributeName=\"href\"/></svg>",
    "<svg><path fill=\"url(https://evil.example)\"/></svg>",
    "<svg><path fill=\"u&#114;l&#40;https://evil.example)\"/></svg>",
    "<svg><path style=\"x\"/></svg>",
    "<svg onload=\"alert(1)\"></svg>",
    "<svg xmlns=\"http://www.w3.org/1999/xhtml\"></svg>",
    "<math><mtext></mtext></math>",
    "<iframe src=\"x.html\"></iframe>",
    "<iframe srcdoc=\"x\"></iframe>",
    "<frame>",
    "<frameset>",
    "<object data=\"x\"></object>",
    "<embed src=\"x\">",
    "<applet>",
    "<base href=\"//evil.example/\">",
    "<form action=\"https://evil.example\"></form>",
    "<input>",
    "<button formaction=\"x\">x</button>",
    "<textarea>",
    "<select>",
    "<style>a{}</style>",
    "<link rel=\"stylesheet\" href=\"x.css\">",
    "<meta http-equiv=\"refresh\" content=\"0; url=x\">",
    "<template><p>x</p></template>",
    "<noscript><p>x</p></noscript>",
    "<plaintext>",
    "<xmp>",
    "<noembed>",
    "<listing>",
    "<title>x</title>",
    "<body onload=\"x\">",
    "<html>",
    "<head>",
    "<video src=\"x\"></video>",
    "<audio src=\"x\"></audio>",
    "<picture><source srcset=\"x\"></picture>",
    "<portal src=\"x\">",
    "<dialog open>x</dialog>",
    "<marquee onstart=\"x\">",
    "<x-y>x</x-y>",
    "<p onclick=\"alert(1)\">x</p>",
    "<p ONCLICK=\"alert(1)\">x</p>",
    "<p style=\"color: red\">x</p>",
    "<p is=\"x-y\">x</p>",
    "<p contenteditable>x</p>",
    "<p background=\"x\">x</p>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"java&#115;cript:alert(1)\">x</a>",
    "<a href=\"java&Tab;script&colon;alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"vbscript:x\">x</a>",
    "<a href=\"data:text/html,x\">x</a>",
    "<a href=\"//evil.example\">x</a>",
    "<a ping=\"//evil.example\" href=\"x\">x</a>",
    "<a href='x' href=\"javascript:alert(1)\">x</a>",
    "<a href=javascript:alert(1)>x</a>",
    "<a/href=\"javascript:alert(1)\">x</a>",
    "<a\u{c}href=\"x\">x</a>",
    "<img src=\"https://evil.example/x.png\" alt=\"\">",
    "<img src=\"//evil.example/x.png\" alt=\"\">",
    "<img src=\"data:image/svg+xml,x\" alt=\"\">",
    "<img src=\"x\" onerror=\"alert(1)\" alt=\"\">",
    "<img srcset=\"x 2x\" alt=\"\">",
    "<p id=\"a>",
    "<p",
    "<",
    "< p>",
    "<?php x ?>",
    "<!doctype html>",
    "<![CDATA[x]]>",
    "<!-- a --!><script>alert(1)</script> -->",
    "<!--><script>alert(1)</script>-->",
    "<!-- unfinished",
    "</body><script>",
    "</html>",
    "\u{0}",
];

#[test]
fn pages_that_okrbook_would_not_make_are_refused() {
    for &body in ACTIVE_BODIES {
        let page = page_with(body);
        let refusal = sealed("2026-Q3/index.html", page.as_bytes()).expect_err(body);
        assert!(refusal.is_active, "{body}: {refusal:?}");
    }
}

#[test]
fn a_page_has_its_policy_before_everything_else() {
    let good = page_with("x");
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", POLICIES[0]);
    assert!(good.contains(&policy));
    let bad = [
        good.replace(&policy, ""),
        good.replace(&policy, &format!("<!-- {policy} -->")),
        good.replace(&policy, &format!("<title>a</title>{policy}")),
        good.replace(&policy, &format!("text{policy}")),
        good.replace(&policy, &format!("<template>{policy}</template>")),
        good.replace(&policy, &format!("<noscript>{policy}</noscript>")),
        good.replace(&policy, &format!("<link rel=\"stylesheet\" href=\"x.css\">{policy}")),
        good.replace(&policy, &format!("</head><head>{policy}")),
        good.replace(&policy, &policy.replace("default-src 'none'", "default-src *")),
        good.replace(&policy, &policy.replace("http-equiv", "name")),
        good.replace(&policy, &policy.replace("http-equiv", "HTTP-EQUIV")),
        good.replace("<head>", "x<head>"),
        good.replace("<html lang=\"en\">", ""),
        good.replace("<html lang=\"en\">", "<html lang=\"en\" manifest=\"x\">"),
        good.replace("utf-8", "utf-7"),
        good.replace("<!doctype html>", ""),
        good.replace("<!doctype html>", "<!doctype html SYSTEM \"about:legacy-compat\">"),
        format!("\u{feff}{good}"),
        format!(" {good}"),
        format!("<!-- x -->{good}"),
        good.replace("</html>\n", "</html><script>alert(1)</script>"),
        good.replace("</html>\n", "</html>text"),
        good.replace("<main", "</body><body onload=\"x\"><main"),
        paged("<meta http-equiv=\"refresh\" content=\"0; url=https://evil.example\">", ""),
        paged("<meta http-equiv=\"refresh\" content=\"0; url=javascript:alert(1)\">", ""),
        paged("<meta http-equiv=\"refresh\" content=\"0; URL='//evil.example'\">", ""),
        paged("<meta http-equiv=\"refresh\" content=\"0;url=x.html\">", ""),
        paged("<meta http-equiv=\"set-cookie\" content=\"a=b\">", ""),
        paged("<link rel=\"stylesheet\" href=\"https://evil.example/x.css\">", ""),
        paged("<link rel=\"preload\" href=\"https://evil.example/x\">", ""),
        paged("<link rel=\"stylesheet preload\" href=\"x\">", ""),
        paged("<link rel=\"import\" href=\"x.html\">", ""),
        paged("<link rel=\"manifest\" href=\"x\">", ""),
        paged("<link href=\"x\">", ""),
        paged("<base href=\"x\">", ""),
        paged("<script src=\"x\"></script>", ""),
        paged("<style>@import 'x';</style>", ""),
        paged("<title>a<script>alert(1)</script></title>", ""),
        paged("<title><!--</title><script>alert(1)</script>--></title>", ""),
        paged("", "<svg><title><!--</title><script>alert(1)</script>--></title></svg>"),
    ];
    for bad in bad {
        assert_ne!(bad, good);
        sealed("2026-Q3/index.html", bad.as_bytes()).expect_err(&bad);
    }
}

#[test]
fn pages_of_the_form_that_okrbook_prints_pass() {
    let good = page_with("x");
    for good in [
        good.clone(),
        good.replace("<!doctype html>", "<!DOCTYPE html>"),
        paged("<meta http-equiv=\"refresh\" content=\"0; url=../teams/shop.html\">", ""),
        paged(
            "<link rel=\"canonical\" href=\"https://okr.example/x.html\">\n<meta name=\"robots\" content=\"noindex\">",
            "",
        ),
        page_with("<!-- mine --><p class=\"a\" data-x='1'>5 &lt; 6 & 7 &nbsp; > <br/><a href=\"https://x\">x</a></p>"),
        page_with(
            "<svg class=\"spark\" viewBox=\"0 0 1 1\" aria-label=\"a &amp; b\"><title>x</title><path d=\"M0 0h1\"/></svg>",
        ),
        page_with("<details open><summary>x</summary><img src=\"../assets/x.0.svg\" alt=\"\"></details>"),
    ] {
        assert_eq!(sealed("2026-Q3/index.html", good.as_bytes()), Ok(()), "{good}");
    }
}

#[test]
fn a_sealed_site_has_no_files_but_those_of_a_site() {
    let page = page_with("x");
    for good in ["index.html", "2026-Q3/a.packet.html", "metrics/x.html", "404.html"] {
        assert_eq!(sealed(good, page.as_bytes()), Ok(()), "{good}");
    }
    for (path, text) in [
        ("data/2026-Q3.json", "{}"),
        ("data/2026-Q3.csv", "a,b\r\n-1.5,\"'=1\"\r\n"),
        ("metrics/x.csv", "date,value\r\n2026-07-01,-3\r\n"),
        ("assets/site.198fda661b21.css", "a{}"),
        (
            "feed.xml",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>x</title><link rel=\"self\" href=\"feed.xml\"/></feed>",
        ),
    ] {
        assert_eq!(sealed(path, text.as_bytes()), Ok(()), "{path}");
    }
    for (path, text) in [
        ("sw.js", "x"),
        ("2026-Q3/x.js", "x"),
        ("assets/x.js", "x"),
        ("assets/x.html", page.as_str()),
        ("2026-Q3/x.svg", "<svg/>"),
        ("2026-Q3/x.xhtml", "<x/>"),
        ("2026-Q3/x.xml", "<x/>"),
        ("sitemap.xml", "<x/>"),
        ("2026-Q3/x.pdf", "%PDF"),
        ("CNAME", "evil.example"),
        ("_headers", "x"),
        (".htaccess", "x"),
        (".well-known/x.html", page.as_str()),
        ("2026-Q3/x.HTML.html.", page.as_str()),
        ("2026-Q3/x.php.html", page.as_str()),
        ("2026-Q3/a#b.html", page.as_str()),
        ("2026-Q3/index.html", "<script>alert(1)</script>"),
        ("data/2026-Q3.json", "<script>"),
        ("data/2026-Q3.csv", "a\r\n=cmd|' /C calc'!A0\r\n"),
        ("data/2026-Q3.csv", "a,\"=1\"\r\n"),
        ("data/2026-Q3.csv", "\u{feff}=1\r\n"),
        ("data/2026-Q3.csv", "a,\u{200b}=1\r\n"),
        ("data/2026-Q3.csv", "a,\"\u{2003}\u{2060}=1\"\r\n"),
        ("data/2026-Q3.csv", "a,＝1+1\r\n"),
        ("data/2026-Q3.csv", "＋1\r\n"),
        ("data/2026-Q3.csv", "a,\"－1+1\"\r\n"),
        ("data/2026-Q3.csv", "\u{3000}＠SUM(A1)\r\n"),
        ("feed.xml", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><content type=\"html\">&lt;p&gt;</content></feed>"),
        ("data/2026-Q3.csv", "a, +1-2\r\n"),
        ("metrics/x.csv", "a;@SUM(A1)"),
        (
            "feed.xml",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script></feed>",
        ),
        ("feed.xml", "<?xml-stylesheet href=\"x.xsl\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"/>"),
        ("feed.xml", "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link href=\"javascript:alert(1)\"/></feed>"),
        ("feed.xml", "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>"),
    ] {
        sealed(path, text.as_bytes()).expect_err(path);
    }
}

#[test]
fn pages_carry_a_policy_that_is_known() {
    const FONTS: &str = "{% if site.fonts %}font-src 'self'; {% endif %}";
    let base = include_str!("../../templates/base.html");
    for (policy, fonts) in POLICIES.into_iter().zip(["", "font-src 'self'; "]) {
        assert!(
            base.replace(FONTS, fonts).contains(&format!("content=\"{policy}\"")),
            "add the new policy to the list, and keep the old ones"
        );
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let bytes = b"<svg>\n  <g onclick=\"x\"/>\n</svg>";
    let refusal = asset("assets/x.svg", bytes).expect_err("refused");
    assert_eq!(refusal.told(bytes), "line 2, column 6: `onclick` runs script");
}
