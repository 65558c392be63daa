# `greffier try`.

try-mistyped-whole = Je ne comprends pas. Vouliez-vous dire `{ $nearest }` ?
try-mistyped-near = Je ne comprends pas « { $got } ». Vouliez-vous dire `{ $nearest }` ?
try-mistyped-time = `{ $order }` attend une durée comme `30s`, `8h` ou `2d`, et non « { $got } ».
try-mistyped-nobody = Il n’y a personne du nom de « { $got } » ici, seulement { $people }. `help` montre ce que l’on peut taper.
