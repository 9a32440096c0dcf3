"""ABC–XYZ: the matrix, from it the products of a cell, from there one product; other limits tried out at once."""

from pages.parts import class_matrix, empty
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("abc_xyz")
opening(view, answer)
class_matrix.told(view)
empty.missing(view, answer.missing)
measures(view, answer)
cell = class_matrix.matrix(view, answer)
class_matrix.items(view, answer, cell)
class_matrix.cells(view, answer)
class_matrix.tried(view)
notes(view, answer)
