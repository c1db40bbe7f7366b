"""The settings of a site: the one list of them, with the name and the kind of each.

A new setting is a row in `SETTINGS`, with the kind of its values, and a field of `config.Config`.
"""

from __future__ import annotations

from sitegen.frozen import dataclass
from sitegen.settings.cards import CARDS_FOR, COLOURS
from sitegen.settings.defaults import DEFAULTS
from sitegen.settings.kinds import (
    COUNT,
    ENDPOINT,
    LANGUAGE,
    PERIOD,
    TABLE,
    TEXT,
    TRUTH,
    WEB_ADDRESS,
    WORDS,
    ZONE,
    Kind,
    one_of,
    some_of,
    up_to,
)
from sitegen.settings.languages import LANGUAGES
from sitegen.settings.names import CHANGED_BY, CHECK_NAMES, FEED_CONTENTS, PICTURE_KINDS
from sitegen.settings.particular import (
    ACCOUNT,
    AUTHOR,
    EMAIL,
    EMAILS,
    ENGINE,
    IMAGE,
    LIQUID,
    MATHS,
    MENU,
    NETWORKS,
    ORIGINS,
    OUTPUTS,
    RATE,
    SEARCH,
    SOCIAL,
    TIME_OF_DAY,
    VARIANTS,
    WIDTHS,
)
from sitegen.settings.paths import BASE_PATH, FEED_PATH, PAGINATE_PATH, PERMALINKS, SCRIPT
from sitegen.settings.published import COMPRESS, MINIFY, SIZE


@dataclass(frozen=True)
class Setting:
    """One row of the table: `attribute` is its name in `Config`, `doc` one sentence for its users.

    `default` says what it is where nobody gives it, if the value in `Config` does not tell.
    """

    name: str
    attribute: str
    kind: Kind
    doc: str
    default: str = ""


NOT_JEKYLLS = frozenset({"languages"})  # what plugins of Jekyll's know as something else stays theirs
SETTINGS: tuple[Setting, ...] = (
    Setting("title", "title", TEXT, "The name of the site, in the header, in titles and feeds."),
    Setting("description", "description", TEXT, "One sentence about the site, for search engines and feeds."),
    Setting("url", "url", WEB_ADDRESS, "Scheme and host of the published site; feeds and canonical links want it."),
    Setting("baseurl", "baseurl", BASE_PATH, "The path below the host where the site lives, such as `/blog`."),
    Setting("lang", "lang", LANGUAGE, "The language of the site, as in HTML's `lang`."),
    Setting(
        "languages",
        "languages",
        LANGUAGES,
        "The languages of the site beside `lang`, each a table: `[languages.de]` with `title`, `description`, `menu`.",
        "none",
    ),
    Setting("timezone", "timezone", ZONE, "The zone of dates that name none, and of the days in addresses."),
    Setting("author", "author", AUTHOR, "Who writes, where a post does not say."),
    Setting("logo", "logo", TEXT, "The site's picture for search engines and home screens: a path or an address."),
    Setting("image", "image", IMAGE, "The picture that a shared page shows where its front matter has no `image`."),
    Setting("social", "social", SOCIAL, "Addresses of the author elsewhere, linked in the footer with `rel=me`."),
    Setting("twitter", "twitter", ACCOUNT, "The account that shared pages are credited to there."),
    Setting("permalink", "permalink", PERMALINKS, "The pattern of the posts' addresses."),
    Setting("paginate", "paginate", COUNT, "Posts on an index page; 0 puts all on one."),
    Setting("paginate_path", "paginate_path", PAGINATE_PATH, "The address of index pages from the second on."),
    Setting("related", "related", up_to(100, "none"), "Related posts that are named below a post; 0 for none."),
    Setting("outputs", "outputs", OUTPUTS, "The kinds of files to emit.", "all but `search`"),
    Setting("search", "search", SEARCH, "Whether the site can be searched: adds `search` to `outputs`."),
    Setting(
        "menu", "menu", MENU, "The links in the header: a list of `title` and `url`.", "the pages, archive and join"
    ),
    Setting("exclude", "exclude", WORDS, "Files and folders (patterns) that are not part of the site."),
    Setting("drafts", "drafts", TRUTH, "Whether drafts are built."),
    Setting("future", "future", TRUTH, "Whether posts with a date to come are built."),
    Setting("expired", "expired", TRUTH, "Whether posts are built whose `expires` has passed."),
    Setting(
        "updated",
        "updated",
        one_of(*CHANGED_BY),
        "Who says when a post was last changed, where its front matter does not: nobody, or `git`.",
    ),
    Setting("markdown.engine", "engine", ENGINE, "Python-Markdown, or `commonmark`, the compiled one."),
    Setting(
        "markdown.extended",
        "extended",
        TRUTH,
        "Whether Markdown has what sitegen adds to it: alerts, and titles, numbers and marked lines of code.",
    ),
    Setting("markdown.anchors", "anchors", TRUTH, "Whether headings have a link to themselves."),
    Setting("markdown.maths", "maths", MATHS, "Whether formulas between `$$` become MathML."),
    Setting("markdown.mermaid", "mermaid", SCRIPT, "The site's own copy of Mermaid, which draws diagrams: a path."),
    Setting("liquid", "liquid", LIQUID, "Whether Jekyll's Liquid tags in posts are run."),
    Setting("shortcodes", "shortcodes", TRUTH, "Whether posts and pages may have shortcodes."),
    Setting("excerpt_separator", "excerpt_separator", TEXT, "What ends a post's excerpt, if it is there."),
    Setting("images.sizes", "image_sizes", TRUTH, "Whether pictures have their sizes, and wait until they are near."),
    Setting(
        "images.captions",
        "image_captions",
        TRUTH,
        "Whether a picture that is alone in its paragraph has its title below it.",
    ),
    Setting(
        "images.variants", "image_variants", VARIANTS, "Whether smaller pictures are made of those that are shown."
    ),
    Setting("images.widths", "image_widths", WIDTHS, "How wide these are, in pixels."),
    Setting("images.kinds", "image_kinds", some_of(*PICTURE_KINDS), "Their kinds, beside the picture's own."),
    Setting("images.display", "image_display", TEXT, "How wide pictures are shown, as in HTML's `sizes`."),
    Setting("feed.path", "feed_path", FEED_PATH, "The address of the Atom feed."),
    Setting("feed.posts", "feed_posts", COUNT, "Posts in a feed, the newest; 0 for all."),
    Setting("feed.lists", "feed_lists", TRUTH, "Atom feeds of tags, categories and authors, too."),
    Setting("feed.content", "feed_content", one_of(*FEED_CONTENTS), "What feeds hold: `full` posts or `excerpt`."),
    Setting("defaults", "defaults", DEFAULTS, "Front matter by `scope` (`path`, `type`), as in Jekyll."),
    Setting(
        "forms.endpoint",
        "endpoint",
        ENDPOINT,
        "Where forms post unless they say otherwise: an address, or `netlify`.",
        "sitegen's receiver",
    ),
    Setting(
        "forms.keep",
        "keep",
        PERIOD,
        "How long answers are kept unless a form says otherwise: `6 months`; then the receiver deletes them.",
        "forever",
    ),
    Setting("receive.url", "receive_url", WEB_ADDRESS, "Where sitegen's receiver is reached from the published site."),
    Setting(
        "receive.rate_limit", "rate_limit", RATE, "Answers that one address may send to one form; `off` for any number."
    ),
    Setting(
        "receive.form_rate_limit",
        "form_rate_limit",
        RATE,
        "Answers that one form takes from all addresses together; `off` for any number.",
    ),
    Setting(
        "receive.keep_spam",
        "keep_spam",
        PERIOD,
        "How long spam is kept, where that is shorter: `30 days`.",
        "as long as other answers",
    ),
    Setting(
        "receive.origins",
        "origins",
        ORIGINS,
        "Origins of the pages that may send answers, besides the site's own; none for any.",
    ),
    Setting(
        "receive.altcha",
        "altcha",
        TRUTH,
        "Whether the page's script proves some work, as robots do not.",
    ),
    Setting("receive.uploads", "uploads", TRUTH, "Whether sitegen's receiver takes files, in fields of type `file`."),
    Setting("receive.notify", "notify", EMAILS, "Addresses of e-mail that are told of each answer."),
    Setting("receive.notify_each", "notify_each", TRUTH, "Whether each answer makes a letter to them of its own."),
    Setting("receive.digest", "digest", TIME_OF_DAY, "When they get the letter of the day, in the site's time zone."),
    Setting("receive.sender", "sender", EMAIL, "The address that letters come from.", "the first of `receive.notify`"),
    Setting("receive.letters", "letters", TRUTH, "Whether visitors get letters: all has arrived, a place is free."),
    Setting("receive.webhook", "webhook", WEB_ADDRESS, "The address of a program that is told of each answer, signed."),
    Setting(
        "receive.webhook_internal",
        "webhook_internal",
        TRUTH,
        "Whether that program may be at an address inside a network.",
    ),
    Setting("receive.trusted_proxies", "trusted_proxies", NETWORKS, "Networks whose `X-Forwarded-For` is believed."),
    Setting(
        "assets.fingerprint",
        "fingerprint",
        TRUTH,
        "Whether `asset_url` names styles and scripts by their content.",
    ),
    Setting("assets.minify", "minify", MINIFY, "Whether pages, and styles that `asset_url` names, are made smaller."),
    Setting("assets.integrity", "integrity", TRUTH, "Whether pages say which bytes their styles and scripts have."),
    Setting(
        "assets.compress",
        "compress",
        COMPRESS,
        "Compressed files beside the published ones, for web servers: `gz`, `br`, `zst`.",
    ),
    Setting("budget.page", "budget_page", SIZE, "Bytes that a page may have with all it loads; 0 for any number."),
    Setting("budget.html", "budget_html", SIZE, "Bytes of the page itself."),
    Setting("budget.css", "budget_css", SIZE, "Bytes of a page's styles."),
    Setting("budget.js", "budget_js", SIZE, "Bytes of a page's scripts."),
    Setting("budget.images", "budget_images", SIZE, "Bytes of a page's pictures."),
    Setting("budget.fonts", "budget_fonts", SIZE, "Bytes of a page's fonts."),
    Setting("budget.requests", "budget_requests", up_to(100_000, "any number"), "Files that a page loads, itself too."),
    Setting("budget.fail", "budget_fail", TRUTH, "Whether a page over its budget fails the build."),
    Setting("cards.for", "cards_for", CARDS_FOR, "What social cards are drawn for: `posts`, `pages`, or both."),
    Setting("cards.fonts", "card_fonts", WORDS, "Font files of the cards; each letter is from the first that has it."),
    Setting(
        "cards.colours", "card_colours", COLOURS, "Their colours: `ground`, `text`, `quiet`, `accent`.", "the theme's"
    ),
    Setting("cards.background", "card_background", TEXT, "A picture of the site's behind the words: its address."),
    Setting("check.skip", "check_skip", some_of(*CHECK_NAMES), "Checks that `sitegen check` leaves out."),
    Setting("extra", "extra", TABLE, "Anything else that layouts want; they see it as `site.extra`."),
)
