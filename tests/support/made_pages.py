"""A made story, another one that a site appended, and the chrome around them in four languages."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class MadeStory:
    headline: str | None
    dateline: str
    body: tuple[str, ...]
    credit: str
    contributors: list[str]
    captions: tuple[tuple[str, str], ...]

    def without_dateline(self) -> MadeStory:
        return replace(self, dateline="")

    def without_headline(self) -> MadeStory:
        return replace(self, headline=None)

    def with_headline(self, headline: str) -> MadeStory:
        return replace(self, headline=headline)


CAPTIONS = (
    (
        "Volunteers carry boxes of seedlings to the upper terraces in Mirador, Friday, March 6, 2026.",
        "AP Photo/Ana Example",
    ),
    ("The mayor, left, and the head gardener look at a map of the terraces.", "Lia Muster, Pool photo via AP"),
)

STORY = MadeStory(
    headline="Mountain town plants ten thousand trees to hold its slopes",
    dateline="MIRADOR (AP) — ",
    body=(
        "More than four hundred volunteers climbed the terraces above the town on Friday to plant the first"
        " of ten thousand oaks.",
        "The mayor said the slopes had lost half of their cover since the fires of the last decade, and that"
        " rain now carried soil into the streets.",
        "“We cannot move the mountain, so we have to hold it,” she told the volunteers.",
        "The trees were grown in a nursery that the town opened three years ago.",
        "Engineers warned that roots alone would not be enough on the steepest parts of the slope, where"
        " nets are to be put up in the summer.",
        "No other town in the valley has tried anything of this size.",
        "The regional government is paying two thirds of the cost, and the rest comes from a fund that"
        " residents set up after a mudslide closed the only road for nine days.",
    ),
    credit="Associated Press writers Ana Example in Mirador and Tom Muster in Lowland City contributed to this report.",
    contributors=["Ana Example", "Tom Muster"],
    captions=CAPTIONS,
)

APPENDED = MadeStory(
    headline=None,
    dateline="PORT ELLA (AP) — ",
    body=(
        "The pier that engineers once called impossible opened to walkers on Saturday, a kilometre and a"
        " half out into the bay.",
        "Ferries sounded their horns as the harbour master cut a rope in place of a ribbon.",
        "The structure cost twice what was planned, and its opening was put off four times because of storms.",
        "Fishing crews had feared that it would block the channel, but a study found that the currents had"
        " hardly changed.",
        "Shops along the shore reported their best weekend in years.",
    ),
    credit="AP Business Writers Ida Sample and Max Dummy contributed.",
    contributors=["Ida Sample", "Max Dummy"],
    captions=(
        ("Walkers reach the end of the new pier in Port Ella, Saturday, March 7, 2026.", "AP Photo/Max Dummy"),
        ("A ferry passes the pier at dusk.", "AP Photo/Max Dummy"),
        ("Children lean over the rail of the pier.", "AP Photo/Ida Sample"),
    ),
)

CHROME_ABOVE = {
    "en": ["Skip to Content", "Menu", "News", "Log in"],
    "de": ["Direkt zum Inhalt", "Menü", "Nachrichten", "Anmelden"],
    "fr": ["Aller au contenu principal", "Menu", "Actualités", "Se connecter"],
    "es": ["Saltar al contenido", "Menú", "Noticias", "Iniciar sesión"],
}
CHROME_BELOW = {
    "en": ["Recommended Articles", "Subscribe to our newsletter", "All rights reserved."],
    "de": ["Mehr zum Thema", "Newsletter abonnieren", "Alle Rechte vorbehalten."],
    "fr": ["À lire aussi", "Abonnez-vous à notre newsletter", "Tous droits réservés."],
    "es": ["Te puede interesar", "Suscríbete a nuestra newsletter", "Todos los derechos reservados."],
}


def dump(
    own: MadeStory,
    appended: MadeStory | None,
    *,
    chrome: str = "en",
    headline_copies: int = 2,
    caption_copies: int = 2,
    captions_on_top: bool = False,
    between: str = "\n\n",
) -> str:
    """A page dump: chrome, headline, date, own story, its captions, the appended story and its captions, chrome."""
    captions = _captions(own, caption_copies)
    lines = list(CHROME_ABOVE[chrome])
    lines += captions if captions_on_top else []
    lines += [own.headline] * headline_copies if own.headline else []
    lines += ["2026-03-07 18:20", *_text(own)]
    lines += [] if captions_on_top else captions
    if appended:
        lines += [*_text(appended), *_captions(appended, caption_copies)]
    return between.join([*lines, *CHROME_BELOW[chrome]])


def _text(story: MadeStory) -> list[str]:
    return [story.dateline + story.body[0], *story.body[1:], story.credit]


def _captions(story: MadeStory, copies: int) -> list[str]:
    return [f"{text} ({credit})" for text, credit in story.captions for _ in range(copies)]


def html_page(story: MadeStory = STORY) -> str:
    """The story as a page of its own in HTML."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in story.body)
    return (
        f"<html><head><title>{story.headline}</title><meta property='og:type' content='article'></head>"
        f"<body><article><h1>{story.headline}</h1>{paragraphs}</article></body></html>"
    )
