"""The assortment desk, answered from the tables and the records.

basis      positions with their place in the tree and their sales month by month, read once a version
standing   how every position, line and group stands in a review: criterion, classes, steadiness, growth, stage, code
places     quadrants of lines, groups and products; prices of lines
factors    the factors that marketing gave, logged
abc, xyz, abc_xyz, bcg, price_map, competitors, market, class_codes, overview      the questions of a review
"""
