"""What an SVG may be made of. The lists say what is let through; nothing else is, whatever it is called.

The names are SVG 2's and those of SVG 1.1 that browsers still draw. Left out is what runs (`script`, `handler`,
events), what embeds other pages (`foreignObject`, `iframe`), and what leads elsewhere.
"""

from __future__ import annotations

SVG, XLINK, XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _names("""
    svg g defs desc title symbol use switch view style a path rect circle ellipse line polyline polygon text
    tspan textPath image linearGradient radialGradient stop pattern clipPath mask marker filter feBlend
    feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge
    feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    animateMotion animateTransform mpath animate set metadata
""")
ATTRIBUTES = _names("""
    id class style lang tabindex role type media x y z x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy width height d
    points pathLength viewBox preserveAspectRatio transform transform-origin transform-box version baseProfile
    refX refY orient markerWidth markerHeight markerUnits rotate textLength lengthAdjust startOffset method
    spacing side systemLanguage requiredExtensions requiredFeatures offset gradientUnits gradientTransform
    spreadMethod patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits
    filterUnits primitiveUnits filterRes in in2 result mode values operator k1 k2 k3 k4 order kernelMatrix
    divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha surfaceScale diffuseConstant
    specularConstant specularExponent limitingConeAngle scale xChannelSelector yChannelSelector azimuth
    elevation pointsAtX pointsAtY pointsAtZ stdDeviation slope intercept amplitude exponent tableValues radius
    baseFrequency numOctaves seed stitchTiles begin dur end min max restart repeatCount repeatDur calcMode
    keyTimes keySplines keyPoints from to by additive accumulate attributeType attributeName path
    alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation
    color-interpolation-filters color-rendering cursor direction display dominant-baseline enable-background
    fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings
    font-kerning font-size font-size-adjust font-stretch font-style font-variant font-weight
    glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning letter-spacing
    lighting-color marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow
    paint-order pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
    text-overflow text-rendering unicode-bidi vector-effect visibility white-space word-spacing writing-mode
    target rel crossorigin decoding
""")
WORDS = _names("""
    id class lang tabindex role type media version d points target rel crossorigin decoding begin end in in2 result
    attributeName attributeType requiredExtensions requiredFeatures systemLanguage
""")  # attributes that no browser reads as CSS; all others it may
LISTS = frozenset(("values",))  # cut at each `;` before anything else is read
FUNCTIONS = _names("""
    rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark icc-color var env
    calc min max clamp round mod rem sin cos tan asin acos atan atan2 pow sqrt hypot log exp abs sign
    matrix matrix3d translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d
    rotate rotatex rotatey rotatez rotate3d skew skewx skewy perspective cubic-bezier steps linear
    blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
    circle ellipse inset polygon path rect xywh shape ray linear-gradient radial-gradient conic-gradient
    repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient counter counters
    not is where has nth-child nth-last-child nth-of-type nth-last-of-type lang dir selector and or local format tech
""")  # of CSS, beside `url`; none of them takes an address
AT_RULES = _names("""
    charset media supports keyframes -webkit-keyframes -moz-keyframes layer container scope starting-style property
    font-face
""")
ANIMATIONS = _names("animate animateTransform set")
UNCHANGING = _names("id class style lang tabindex role type media target rel attributeName")  # no animation sets them
LINKED = frozenset(("a",))  # `href` may be an address on the web: a reader has to press it
EMBEDDED = frozenset(("image", "feImage"))  # `href` may hold a picture itself, by `data:`
FONT_TYPES = ("font/woff2", "font/woff", "font/ttf", "font/otf", "application/font-woff", "application/x-font-woff")
PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif")
ACTIVE = (  # elements of these do something in a browser
    "",
    SVG,
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/2001/xml-events",
)
