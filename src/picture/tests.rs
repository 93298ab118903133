use super::*;

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = raster::PNG.to_vec();
    out.extend(13_u32.to_be_bytes());
    out.extend(b"IHDR");
    out.extend(width.to_be_bytes());
    out.extend(height.to_be_bytes());
    out.extend([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    out
}

fn chunk(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let mut out = kind.to_vec();
    out.extend((body.len() as u32).to_le_bytes());
    out.extend(body);
    out
}

fn webp(parts: &[Vec<u8>]) -> Vec<u8> {
    [b"RIFF\0\0\0\0WEBP".to_vec(), parts.concat()].concat()
}

fn jpeg(width: u16, height: u16, passes: usize) -> Vec<u8> {
    let mut out = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, 0xC2, 0, 11, 8];
    out.extend(height.to_be_bytes());
    out.extend(width.to_be_bytes());
    out.extend([1, 1, 0x11, 0]);
    for _ in 0..passes {
        out.extend([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xFF, 0, 0x34]);
    }
    out.extend([0xFF, 0xD9]);
    out
}

fn gif(width: u16, height: u16, frame: (u16, u16)) -> Vec<u8> {
    let mut out = b"GIF89a".to_vec();
    out.extend(width.to_le_bytes());
    out.extend(height.to_le_bytes());
    out.extend([0x80, 0, 0, 0, 0, 0, 0, 0, 0]);
    out.extend([0x21, 0xF9, 4, 0, 0, 0, 0, 0]);
    out.extend([0x2C, 0, 0, 0, 0]);
    out.extend(frame.0.to_le_bytes());
    out.extend(frame.1.to_le_bytes());
    out
}

fn long_webp(width: u32, height: u32) -> Vec<u8> {
    let side = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    chunk(b"VP8X", &[vec![0; 4], side(width), side(height)].concat())
}

fn lossless(width: u32, height: u32) -> Vec<u8> {
    chunk(b"VP8L", &[vec![0x2F], ((width - 1) | (height - 1) << 14).to_le_bytes().to_vec(), vec![0]].concat())
}

fn said(bytes: &[u8]) -> String {
    match claim(bytes) {
        Ok(claim) => format!("{claim:?}"),
        Err(fault) => fault.message,
    }
}

#[test]
fn sizes_are_read_from_headers() {
    for (format, bytes) in [
        (Format::Png, png(640, 480)),
        (Format::Jpeg, jpeg(640, 480, 10)),
        (Format::Gif, gif(640, 480, (640, 480))),
        (Format::Webp, webp(&[long_webp(640, 480), lossless(640, 480)])),
        (Format::Webp, webp(&[lossless(640, 480)])),
        (Format::Webp, webp(&[chunk(b"VP8 ", &[0, 0, 0, 0x9D, 1, 0x2A, 0x80, 2, 0xE0, 1])])),
    ] {
        assert_eq!(claim(&bytes), Ok(Claim { format, pixels: Some((640, 480)) }));
        let path = format!("assets/logo.{}", format.ending());
        assert!(claim_of_file(&path, &bytes).is_ok(), "{path}");
    }
    assert_eq!(said(b"\xEF\xBB\xBF\n<?xml version='1.0'?><svg/>"), "Claim { format: Svg, pixels: None }");
}

#[test]
fn what_nobody_can_afford_is_refused_by_its_header() {
    let bomb = "claims to be 50000 × 50000 pixels, more than 10000 along a side or 16 million altogether";
    assert_eq!(said(&png(50_000, 50_000)), bomb);
    assert_eq!(said(&jpeg(50_000, 50_000, 1)), bomb);
    assert_eq!(said(&gif(50_000, 50_000, (1, 1))), bomb);
    assert_eq!(said(&webp(&[long_webp(50_000, 50_000)])), bomb);
    // A part may be larger than what holds it.
    assert!(said(&gif(1, 1, (50_000, 50_000))).starts_with("has a frame of 50000 × 50000"));
    assert!(said(&webp(&[long_webp(16, 16), lossless(16_000, 16_000)])).starts_with("claims to be 16000 × 16000"));
    let twice = [&jpeg(16, 16, 0)[..21], &jpeg(50_000, 50_000, 0)[8..]].concat();
    assert_eq!(said(&twice), bomb);
    assert!(said(&png(10_001, 1)).starts_with("claims"));
    assert!(said(&png(5_000, 5_000)).starts_with("claims"));
    assert!(said(&png(0, 5)).starts_with("claims to be 0 × 5"));
    assert!(said(&png(4_000, 4_000)).starts_with("Claim {"));
    assert!(said(&jpeg(1_000, 1_000, 1_000)).contains("1000 passes"));
    let profile = [png(16, 16), (1_u32 << 20).to_be_bytes().to_vec(), b"iCCP".to_vec()].concat();
    assert!(said(&profile).contains("colour profile of 1024 kB"));
    assert!(said(&vec![b'<'; 17 << 20]).starts_with("has 17 MiB"));
}

#[test]
fn what_is_no_picture_is_told_as_what_it_is() {
    for (bytes, expected) in [
        (&b""[..], "is empty"),
        (b"\x1F\x8B\x08", "is compressed (SVGZ)"),
        (b"%PDF-1.7", "is no picture that is known here"),
        (b"\xFF\xFE<\0", "is UTF-16, not UTF-8"),
        (b"<svg>\xFF</svg>", "is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG that ends before its size is said"),
        (b"\xFF\xD8\xFF\xE0", "is a JPEG that ends before its size is said"),
        (b"GIF89a", "is a GIF that ends before its size is said"),
        (b"RIFF\0\0\0\0WEBP", "is a WebP that ends before its size is said"),
    ] {
        assert_eq!(said(bytes), expected);
    }
    let wrong = claim_of_file("assets/logo.svg", &png(16, 16)).expect_err("no SVG");
    assert_eq!(wrong.message, "is named like an SVG and holds a PNG");
    assert!(claim_of_file("assets/LOGO.JPG", &jpeg(16, 16, 1)).is_ok());
}

#[test]
fn no_cut_of_a_file_is_anything_but_a_claim_or_a_fault() {
    let files = [png(64, 64), jpeg(64, 64, 3), gif(64, 64, (64, 64)), webp(&[long_webp(64, 64), lossless(64, 64)])];
    for bytes in files.iter().map(Vec::as_slice).chain([&b"<svg a='&#x41;'><!-- b --><c d=\"e\">f</c></svg>"[..]]) {
        for end in 0..bytes.len() {
            let _ = claim(&bytes[..end]);
            let mut flipped = bytes.to_vec();
            flipped[end] ^= 0xFF;
            let _ = claim(&flipped);
        }
    }
}

fn drawing(inside: &str) -> String {
    said(format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{inside}</svg>").as_bytes())
}

#[test]
fn a_drawing_costs_what_it_comes_to() {
    let fine = "Claim { format: Svg, pixels: None }";
    let used = |count: usize| "<use href='#a'/>".repeat(count);
    let many = |kind: &str| format!("<defs><g id='a'>{}</g></defs>{kind}", "<path d='M0 0'/>".repeat(1_000));
    assert_eq!(drawing(&many(&used(10))), fine);
    let bombs = |reference: &str, begin: &str, end: &str| {
        let level = |at: usize| {
            let shape = reference.replace("ID", &format!("l{}", at + 1));
            format!("{}{}{end}", begin.replace("ID", &format!("l{at}")), shape.repeat(10))
        };
        format!("{}{}<path id='l9'/>{}", "<defs>", (0..9).map(level).collect::<String>(), "</defs><use href='#l0'/>")
    };
    let too_many = "is a drawing that comes to more than 50000 elements once all its references are drawn";
    for (bomb, why) in [
        (many(&used(100)), "uses of many"),
        (bombs("<use xlink:href='#ID'/>", "<g id='ID'>", "</g>"), "uses of uses"),
        (bombs("<use href='&#35;ID'/>", "<g id='ID'>", "</g>"), "addresses with references to characters"),
        (bombs("<use href='#ID'/>", "<symbol id='ID'>", "</symbol>"), "symbols"),
        (bombs("<rect fill='url(#ID)'/>", "<pattern id='ID'>", "</pattern>"), "patterns"),
        (bombs("<rect style=\"fill:url('#ID')\"/>", "<pattern id='ID'>", "</pattern>"), "patterns by style"),
        (bombs("<rect mask='url(#ID)'/>", "<mask id='ID'>", "</mask>"), "masks"),
        (bombs("<rect clip-path='url( #ID )'/>", "<clipPath id='ID'>", "</clipPath>"), "clips"),
        (
            format!(
                "<marker id='a'>{}</marker><path marker-mid='url(#a)' d='{}'/>",
                "<path/>".repeat(100),
                "0 0 ".repeat(9_000)
            ),
            "markers",
        ),
        (
            format!(
                "<pattern id='a'>{}</pattern><g fill='url(#a)'>{}</g>",
                "<path/>".repeat(900),
                "<path/>".repeat(900)
            ),
            "patterns for all inside",
        ),
    ] {
        assert_eq!(drawing(&bomb), too_many, "{why}");
    }
    assert_eq!(drawing("<g id='a'><use href='#a'/></g>"), "is a drawing that refers to itself");
    assert!(drawing(&"<g>".repeat(201)).contains("more than 200 deep"));
    assert!(drawing("<filter id='a'><feTurbulence/></filter>").contains("filter"));
    assert!(drawing(&format!("<text>{}</text>", "\u{301}".repeat(5_000))).contains("characters of text"));
    assert!(
        drawing(&format!("<style>{}</style>{}", "a{} ".repeat(9_000), "<path/>".repeat(9_000)))
            .contains("rules of style")
    );
}

#[test]
fn drawings_stay_where_engines_can_count() {
    for (inside, why) in [
        ("<rect width='1e38' height='1e38'/>", "has a number in `width`"),
        ("<path d='M0 0l1e9 1'/>", "has a number in `d`"),
        ("<g style='stroke-width:10000000'/>", "has a number in `style`"),
        ("<style>rect{width:1e38px}</style>", "has a number in a style"),
        ("<svg viewBox='0 0 1e-9 1'/>", "next to nothing"),
        ("<svg width='1000000' height='1'/>", "more than 1000 times"),
    ] {
        assert!(drawing(inside).contains(why), "{inside}: {}", drawing(inside));
    }
    let scaled =
        |times: usize| format!("{}<rect/>{}", "<g transform='scale(9999)'>".repeat(times), "</g>".repeat(times));
    assert!(drawing(&scaled(2)).starts_with("Claim") && drawing(&scaled(4)).contains("without bounds"));
    // What is referred to is scaled by what refers to it.
    let used = "<defs><g id='a' transform='scale(1e6)'><rect/></g></defs><g transform='scale(1e6)'><use href='#a' transform='scale(99)'/></g>";
    assert!(drawing(used).contains("without bounds"));
    let usual = "<g id='layer100000000' transform='matrix(6.1e-17 1 -1 6.1e-17 24 0)'><path fill='#123456' d='M12 2a10 10 0 100 20'/></g>";
    assert!(drawing(usual).starts_with("Claim"), "{}", drawing(usual));
}

#[test]
fn styles_paint_every_element() {
    let pattern = format!("<pattern id='a'>{}</pattern>", "<path/>".repeat(900));
    let shapes = "<path class='b'/>".repeat(900);
    assert!(drawing(&format!("{pattern}{shapes}")).starts_with("Claim"));
    assert!(drawing(&format!("<style>.b{{fill:url(#a)}}</style>{pattern}{shapes}")).contains("more than 50000"));
}

#[test]
fn pictures_inside_of_drawings_are_looked_at_as_well() {
    let image = |data: &str| drawing(&format!("<image href='data:image/png;base64,{data}'/>"));
    // The header of a PNG of 50,000 × 50,000 pixels.
    assert!(
        image("iVBORw0KGgoAAAANSUhEUgAAw1AAAMNQAQAAAAA=").contains("holds a picture that claims to be 50000 × 50000")
    );
    assert!(image("iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQAAAAA=").starts_with("Claim"));
    assert!(image("PHN2Zy8+").contains("holds another drawing"));
    assert!(drawing("<image href='data:image/svg+xml,&lt;svg/>'/>").contains("not written as base64"));
}

#[test]
fn a_broken_drawing_is_told_with_its_place() {
    let place = |text: &str| {
        let fault = claim(text.as_bytes()).expect_err("broken");
        (fault.place, fault.message)
    };
    for (text, line, column, why) in [
        ("<svg>\n  <g>\n</svg>", 3, 1, "`</svg>` closes `<g>`"),
        ("<svg>\n é<g", 2, 3, "`<g` is not closed"),
        ("<svg", 1, 1, "`<svg` is not closed"),
        ("<svg><g a=b/></svg>", 1, 10, "`a` has no value in quotation marks"),
        ("<svg><g a='b/></svg>", 1, 10, "the value of `a` is not closed"),
        ("<svg><!-- </svg>", 1, 6, "`<!--` is not closed"),
        ("<svg/>\n<svg/>", 2, 1, "`<svg>` stands behind the end"),
        ("<svg/>no", 1, 7, "text outside of all elements"),
        ("<svg><g/>", 1, 1, "`<svg>` is not closed"),
    ] {
        assert_eq!(place(text), (Some((line, column)), format!("is no SVG: {why}")), "{text}");
    }
    assert_eq!(place("<html></html>").1, "is no SVG: it begins with `<html>`");
    for entities in ["<!ENTITY a '<g/>'>", "<!ENTITY a 'url(#b)'>", "<!ENTITY a '&b;&b;'>"] {
        assert!(place(&format!("<!DOCTYPE svg [{entities}]><svg/>")).1.contains("declares entities"), "{entities}");
    }
    let usual =
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'a.dtd' [<!ENTITY ns_svg 'http://www.w3.org/2000/svg'>]><svg/>";
    assert!(claim(usual.as_bytes()).is_ok());
}
