"""What sentences say of the names that they introduce: nouns of a type, or something on which equations may depend.

`Let $A$ be a matrix` says no more than a declaration does; `Let $A$ be symmetric`, `Let $x$ be the solution` and
`Soit $A$ inversible` do. There is no list of what may be said in a sentence that introduces a name: whatever is not
plain there counts. Elsewhere (`where $A$ is symmetric`) a verb may say anything, and only some words count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ..errors import ParseError
from .clauses import declares
from .prose import KINDS
from .sentences import Sentence, Token
from .sources import Source
from .syntax import Chain, Formula, Name, Node, Scripted, walk
from .tokens import words

INTEGERS = Name("Z", "mathbb")
LONGEST_PHRASE = 60  # tokens of what is said of a name
_INTRODUCING = re.compile(
    r"\b(?:let|assume|suppose|consider|take|given|with|write|denote|call|mit|avec|bezeichne|notons|sei|seien|soit|soient|supposons|angenommen)\b"
)
_SUPPOSING = re.compile(r"\b(?:since|because|as|where|that|da|dass|weil|wobei|nehmen|car|que|où)\b")
_FOLLOWS = re.compile(r"\b(?:then|so|hence|thus|therefore|dann|also|alors|donc)\b")
_BE = words(
    "be denote denotes represent represents being have having satisfy satisfying obey obeying solve solving commute sum"
)
_IS = words("is are has satisfies ist sind hat est sont a")
_SEI = words("sei seien soit soient")
_ARTICLES = words("the a an der die das ein eine le la les l un une des")
_JOINERS = words(", and und et")
_BETWEEN = _JOINERS | words("of von der des de du d")  # the inverse of A says nothing of A
_NEXT = words(
    "then so hence thus we define put abbreviate where let if when for consider suppose assume dann gilt wobei alors où"
)
_MORE = re.compile(
    rf"(?:{KINDS}|rank|zero-mean|linear|affine|convex|idempotent|unitary|singular|nonsingular|regular|orthonormal|constant|monotone"
    r"|(?:semi-?)?definite|sorted|cent(?:red|ered)|independent|triangular|tridiagonal|circulant|nilpotent"
    r"|solutions?|minimi[sz]ers?|maximi[sz]ers?|optimal|optimum|eigen\w+|inverse|pseudo-?inverse|projection|projector"
    r"|involution|bijective|doubly|sparse|binary|columns?|rows?|(?:nicht-?)?(?:negativ|positiv)(?:e[rsmn]?)?"
    r"|(?:anti)?symmetrisch\w*|orthogonal\w*|orthonormal\w*|invertierbar\w*|regulär\w*|diagonal\w*|linear\w*"
    r"|konstant\w*|gerade|ungerade|lösung\w*|(?:anti)?symétriques?|orthogonaux|inversibles?|linéaires?"
    r"|(?:posi|néga)ti(?:f|fs|ve|ves)|constante?s?|im?paire?s?|idempotente?s?|unitaires?)"
)
_BINDING = words(
    "such satisfying satisfies solves solving whose which that attains attaining minimizes minimizing maximizes"
    " maximizing result results relu softmax sigmoid tanh with for obeying obeys largest smallest highest lowest"
    " maximum minimum maximal minimal argmax argmin root zero zeros limit bound norm distance closest nearest common"
    " unique only complement kernel null basis covariance variance correlation hessian gram gramian rotation reflection"
    " laplacian adjacency distribution metric square transpose identity simplex softplus"
    " mit für deren dessen avec pour telle tel dont vérifiant"
)  # a noun that is bound to something: the index of the largest entry, a vector such that
_INTEGERS = re.compile(
    r"\b(?:(?:positive )?integers?|natural numbers?|(?:positive )?ganze zahlen|natürliche zahlen|entiers?)\b"
)
_LETTER = re.compile(r"(?<![A-Za-z])[A-Za-z]+")
_UNUSED = re.compile(r"\bnot (?:used|needed|assumed|necessary)\b")
_CONDITIONAL = words("if when whenever whether unless wenn falls sofern ob si lorsque quand")
_PLAIN_PHRASES = re.compile(
    r"\b(?:(?:column|row) vectors?|(?:column|row)s?(?! (?:of|vectors?)\b)"
    r"|linear (?:layers?|units?)|(?:by|outside|as|with) zeros?|zero outside|hidden units?"
    r"|(?:input|output) units?|(?:to )?(?:each|every|any) entry|(?:a constant|with mean)$)(?!\S)"
)
_PLAIN = words(
    "a an the any some each every this our its their of in to from by with at on into as for per and that which it"
    " matrix matrices vector vectors tensor tensors scalar scalars number numbers size sizes dimension dimensions"
    " function functions map maps mapping mappings image images signal signals array arrays list sequence set index"
    " indices constants real fixed arbitrary given finite general generic square rectangular real-valued"
    " vector-valued scalar-valued differentiable smooth continuous continuously nonlinear nonlinearity non-linear"
    " entrywise elementwise input inputs output outputs weight weights bias biases layer layers network networks"
    " neuron neurons kernel kernels filter filters channel channels feature features activation activations loss"
    " losses cost objective label labels target targets sample samples batch data dataset example examples"
    " parameter parameters step length width height depth stride padding window windows pooling model neural"
    " convolution convolutional dense fully connected hidden time prediction predictions response state states"
    " logit logits score scores embedding embeddings query queries key keys value values token tokens pixel pixels"
    " position positions coefficient coefficients design training measurement measurements observation observations"
    " class classes regression respectively now count learning rate through amount shape form is are applied"
    " depends depending whose coordinates space read extended outside range th nd st first second corresponding"
    " associated here used"
    # German
    " eine ein einen einer eines der die das den des dem von aus mit zu reelle reeller reelles reellen beliebig"
    " beliebige matrizen vektor vektoren skalar zahl zahlen funktion funktionen größe bild eingabe ausgabe gewichte"
    " gewicht schicht netz netzes kern gegeben quadratische quadratisch differenzierbar differenzierbare"
    " daten bilder eingaben zielwerte gewichtsmatrix eingabevektor ausgabevektor zielvektor länge kanäle"
    # French
    " un une le la les l du de d matrice vecteur vecteurs scalaire scalaires nombre nombres réel réels"
    " réelle des valeur valeurs cible cibles"
    " réelles fonction fonctions taille entrée sortie poids biais couche réseau noyau donnée donnés carrée carrées"
    " dérivable différentiable quelconque quelconques"
)


def kinds(sentence: Sentence, found: Sequence[Source]) -> tuple[Node, ...]:
    """What a sentence says of names beyond their type: a name of which it says more; x in Z of an integer."""
    introduces = _INTRODUCING.search(sentence.words) is not None
    said = _Said(sentence.tokens, found, introduces, introduces or _SUPPOSING.search(sentence.words) is not None)
    unread = [n for n in sentence.formulas if introduces and isinstance(found[n].read, ParseError)]
    made = dict.fromkeys((*said.behind(), *said.before(), *((number, False) for number in unread)))
    follows = _FOLLOWS.search(sentence.words) is not None
    told = {name: n for n in sentence.formulas for name in lefts(found[n])} if not follows else {}
    named = (
        (name, is_integer)
        for number, is_integer in made
        for name in _names(found[number])
        if told.get(name, number) <= number
    )
    return tuple(dict.fromkeys(Chain((name, INTEGERS), ("in",)) if is_integer else name for name, is_integer in named))


def lefts(source: Source) -> Iterator[Name]:
    """The names on the left of equations, which say themselves what these are: the constant kernel K = 1."""
    for node in _said_in(source):
        left = node.items[0] if isinstance(node, Chain) and node.relations == ("=",) else None
        if not isinstance(left, Scripted) or left.upper is None:  # A^T = A says nothing new of A
            yield from _bare(left)


@dataclass(frozen=True)
class _Said:
    """What words beside formulas say of their names: the numbers of the formulas, and whether it is just `integers`."""

    tokens: tuple[Token, ...]
    found: Sequence[Source]
    introduces: bool
    supposes: bool

    def behind(self) -> Iterator[tuple[int, bool]]:
        """A and B of `Let A and B be symmetric`"""
        group: list[int] = []
        is_sei = is_asked = False
        for at, token in enumerate(self.tokens):
            is_sei = is_sei or token.text in _SEI
            before = self.tokens[at - 1] if at else token
            if token.formula is not None:
                is_joined = before.text in _JOINERS or before.formula is not None
                group = [*(group if is_joined else []), token.formula] if self._is_inline(token) else []
            elif token.text in _CONDITIONAL:
                is_asked = True
            elif before.formula is not None and token.text not in _JOINERS and group:
                said = self._phrase(at + (token.text == "for"))
                if self._counts(token.text, said, is_sei) and not (is_asked and token.text in _IS):
                    yield from ((each, _is_plain(_INTEGERS.sub(" ", said))) for each in group)

    def before(self) -> Iterator[tuple[int, bool]]:
        """A of `a symmetric matrix A`, if it is introduced there"""
        for at, token in enumerate(self.tokens):
            if token.formula is None and _MORE.fullmatch(token.text):
                behind = takewhile(lambda each: each.text not in _BETWEEN, self.tokens[at + 1 : at + 3])
                for each in behind:
                    if each.formula is not None and (self.supposes or declares(self.found[each.formula])):
                        yield each.formula, False

    @property
    def _writes(self) -> bool:
        """Whether it is `We write A for the inverse`"""
        return any(each.text in ("write", "writes") for each in self.tokens)

    def _is_inline(self, token: Token) -> bool:
        return token.formula is not None and self.found[token.formula].kind == "inline"

    def _counts(self, verb: str, said: str, is_sei: bool) -> bool:
        """Whether words behind a name are no plain ones, where something is said of it"""
        if self.introduces and (verb in _BE or is_sei or verb in _ARTICLES or (verb == "for" and self._writes)):
            return not _is_plain(said)
        return (verb in _IS or (self.supposes and _MORE.fullmatch(verb) is not None)) and _has_kind(said)

    def _phrase(self, start: int) -> str:
        """The words as far as another name, a display, or another clause"""
        made: list[str] = []
        for at, token in enumerate(self.tokens[start : start + LONGEST_PHRASE], start):
            is_joined = self.tokens[at - 1].text in _JOINERS
            if token.text in _NEXT or (token.formula is not None and (is_joined or not self._is_inline(token))):
                break
            made.append(token.text)
        return " ".join(each for each in made if each not in _JOINERS and re.match(r"\w", each))


def _is_plain(said: str) -> bool:
    """Whether words say no more than what something is called: behind an article stands a noun, which may be any that
    is not known to say more; elsewhere an adjective may stand, and only plain words are none"""
    spoken = [each for each in _PLAIN_PHRASES.sub(" ", said).split() if each not in _BE | _IS]
    if _UNUSED.search(said) is not None or set(spoken) <= _PLAIN:
        return True
    is_noun = bool(spoken) and spoken[0] in _ARTICLES
    return is_noun and not any(_MORE.fullmatch(each) or each in _BINDING for each in spoken)


def _has_kind(said: str) -> bool:
    return any(map(_MORE.fullmatch, _PLAIN_PHRASES.sub(" ", said).split()))


def _names(source: Source) -> Iterator[Name]:
    """The names that a formula in a line introduces: A of A, A_i and A in R^n; those of both sides of an equation"""
    if source.kind == "inline" and isinstance(source.read, ParseError):
        yield from (Name(each) for each in _LETTER.findall(source.text))
    for node in _said_in(source) if source.kind == "inline" else ():
        if isinstance(node, Chain) and node.relations[0] == "=":
            yield from (each for each in walk(node) if isinstance(each, Name))
        else:
            yield from _bare(node.items[0] if isinstance(node, Chain) else node)


def _said_in(source: Source) -> Iterator[Node]:
    yield from (each.chain for each in source.read.statements) if isinstance(source.read, Formula) else ()


def _bare(node: Node | None) -> Iterator[Name]:
    while isinstance(node, Scripted):
        node = node.base
    if isinstance(node, Name):
        yield node
