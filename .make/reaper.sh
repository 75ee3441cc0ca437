#!/bin/sh
# Ends process groups, named one a line on standard input, when whoever named them is gone: however it
# went, even by SIGKILL, its end of the pipe closes.
groups=
while read -r group; do groups="$groups $group"; done

tell() {
  for group in $groups; do kill -s "$1" -- "-$group" 2>/dev/null; done
}
alive() {
  for group in $groups; do kill -s 0 -- "-$group" 2>/dev/null && return 0; done
  return 1
}

tell TERM
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  alive || exit 0
  sleep 0.1
done
tell KILL
