# `greffier try`.

try-mistyped-whole = I don't understand that. Did you mean `{ $nearest }`?
try-mistyped-near = I don't understand “{ $got }”. Did you mean `{ $nearest }`?
try-mistyped-time = `{ $order }` takes a time such as `30s`, `8h` or `2d`, not “{ $got }”.
try-mistyped-nobody = There is nobody called “{ $got }” here, only { $people }. `help` shows what can be typed.
