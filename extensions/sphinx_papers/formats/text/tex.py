r"""What a formula from a page or a record may say: a closed list of TeX, which no file and no address is in.

A formula reaches TeX as it stands when the site becomes a book, and TeX can read files, run Lua
and define commands under any name, so that a list of what is forbidden would never be whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NAMES = r"""
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi omicron pi
varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon
Phi Psi Omega aleph beth gimel daleth digamma ell hbar hslash imath jmath wp Re Im partial nabla infty emptyset
varnothing forall exists nexists neg lnot top bot angle measuredangle triangle square blacksquare bigstar star
clubsuit diamondsuit heartsuit spadesuit flat natural sharp prime backprime complement eth mho surd degree
pm mp times div cdot ast circ bullet cap cup Cap Cup uplus sqcap sqcup vee wedge lor land setminus smallsetminus wr
amalg oplus ominus otimes oslash odot dagger ddagger diamond bigcirc boxplus boxminus boxtimes boxdot ltimes rtimes
bowtie barwedge veebar curlyvee curlywedge intercal dotplus divideontimes lhd rhd unlhd unrhd
leq le geq ge neq ne equiv sim simeq approx cong propto prec succ preceq succeq ll gg lll ggg subset supset subseteq
supseteq subsetneq supsetneq sqsubset sqsupset sqsubseteq sqsupseteq in ni owns notin mid nmid parallel nparallel perp
vdash dashv models vDash Vdash asymp doteq doteqdot smile frown leqq geqq leqslant geqslant lesssim gtrsim lessgtr
gtrless nless ngtr nleq ngeq nsubseteq nsupseteq thicksim thickapprox approxeq triangleq circeq backsim ncong nsim
therefore because between pitchfork lt gt colon coloneq not
leftarrow gets rightarrow to leftrightarrow Leftarrow Rightarrow Leftrightarrow longleftarrow longrightarrow
longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow iff implies impliedby mapsto longmapsto uparrow
downarrow updownarrow Uparrow Downarrow Updownarrow nearrow searrow swarrow nwarrow hookleftarrow hookrightarrow
leftharpoonup leftharpoondown rightharpoonup rightharpoondown rightleftharpoons leftrightharpoons rightsquigarrow
leadsto twoheadrightarrow twoheadleftarrow leftrightarrows rightleftarrows upharpoonright nrightarrow nleftarrow
xleftarrow xrightarrow
sum prod coprod int iint iiint oint bigcap bigcup bigsqcup bigvee bigwedge bigodot bigotimes bigoplus biguplus
limits arccos arcsin arctan cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln
log max min Pr sec sin sinh sup tan tanh injlim projlim bmod pmod mod operatorname
frac dfrac tfrac cfrac binom dbinom tbinom sqrt over overset underset stackrel substack overline underline
overbrace underbrace overrightarrow overleftarrow underrightarrow underleftarrow hat widehat tilde widetilde bar vec
dot ddot dddot acute grave check breve mathring boxed phantom hphantom vphantom smash cancel
left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr Biggm langle rangle
lceil rceil lfloor rfloor lvert rvert lVert rVert vert Vert lbrace rbrace lbrack rbrack backslash
mathbb mathbf mathcal mathfrak mathit mathrm mathscr mathsf mathtt mathnormal boldsymbol bm bf it rm sf tt cal
text textbf textit textnormal textrm textsf texttt textup emph mbox
mathbin mathclose mathinner mathop mathopen mathord mathpunct mathrel
dots dotsb dotsc dotsi dotsm dotso ldots cdots vdots ddots quad qquad enspace space thinspace thickspace negthinspace
displaystyle textstyle scriptstyle scriptscriptstyle hline nonumber notag
"""
COMMANDS = frozenset(_NAMES.split())
"""Commands in letters that a formula may use."""
SIGNS = frozenset(",:;!>|{}%$&#_\\ ")
"""Commands of one sign."""
_MATRICES = ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix")
ENVIRONMENTS = frozenset({*_MATRICES, "align", "align*", "array", "cases", "split"})
"""What may stand between ``\\begin`` and ``\\end``."""
DEEPEST = 50
"""Groups within each other; TeX itself ends at 255, and what writes MathML near 300."""
LONGEST = 4000
"""Characters of a formula."""

_SPECIAL = re.compile(r"\\(?:(begin|end)\s*(?:\{([^{}]*)\})?|([A-Za-z]+)|(.)|$)|\^\^|[%$]", re.DOTALL)
_DEPTH = re.compile(r"\\.|[{}]", re.DOTALL)
# A command that takes the next one needs no braces to be deep.
_REPEATED = re.compile(rf"(\\[A-Za-z]+)(?:\s*\1){{{DEEPEST}}}")


class Refused(NamedTuple):
    """What a formula may not have."""

    piece: str
    """As it stands there."""
    message: str


def refused_tex(source: str) -> Refused | None:
    """Return the first thing that the formula *source*, without its dollars, may not have."""
    if len(source) > LONGEST:
        return Refused(
            source[:20], f"a formula of {len(source)} characters is too long, the limit is {LONGEST}"
        )
    for match in _SPECIAL.finditer(source):
        edge, environment, name, sign = match.groups()
        if edge:
            fits = environment in ENVIRONMENTS
        elif name:
            fits = name in COMMANDS
        else:
            fits = bool(sign) and (sign in SIGNS or sign.isspace())
        if not fits:
            piece = match[0].strip()
            return Refused(piece, f"`{piece}` is not among the TeX that formulas may use")
    depth = 0
    for match in _DEPTH.finditer(source):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth > DEEPEST:
            return Refused(source[:20], f"a formula is nested more than {DEEPEST} times")
    if _REPEATED.search(source):
        return Refused(source[:20], f"a formula is nested more than {DEEPEST} times")
    return None
