/** Prose of some 600 tokens to measure with; what it says does not matter, that it is ordinary English does. */
export const benchText = `# Keeping a garden notebook

The first thing that a garden teaches is that memory is a poor record. In April it seems impossible to forget where the
tulips stand and which bed flooded in the autumn rain; by the following March, every one of these facts has gone, and the
spade finds the bulbs before the gardener does. A notebook costs little and repairs this. It need not be handsome, and it
need not be kept every day. It only has to be within reach of the back door, with a pencil that works in the damp.

## What to write down

Dates come first. The day of the last frost, the day when the cherry opened, and the day when the beans went in are worth
more than any description, because they can be compared from one year to the next. After five years the list begins to
speak: the frost that everybody remembers as unusually late turns out to have been an ordinary one, and the warm week at
the end of February, which tempted us to sow too early, comes back again and again.

Failures come second. Nobody likes to write that the carrots were eaten, that the new rose sulked in the shade of the
wall, or that half of the seed trays dried out during a long weekend away. Yet these are the entries that save the most
work, for a failure that has been written down with its probable cause is seldom repeated. A success, on the other hand,
is often an accident of the weather, and it is wise to note it with some modesty.

- the names of varieties, spelled as on the packet
- where each of them was planted, counted in steps from the gate
- who gave a cutting, and when it took root
- how much was harvested, in baskets rather than in kilograms

## How to read it again

A notebook is only useful when it is opened. On a wet evening in January, with the catalogues on the table, it takes an
hour to go through the past year and to copy the few lines that matter onto one page: what to buy, what to move, what to
leave alone. That page is pinned to the shed door. It will be faded by August, and by then most of it will have been done
or will no longer matter, which is the best that can be said of any plan.

Over the years the notebooks become something else as well. Between the frosts and the sowings there are other things,
written in passing: a visit, an illness, the morning when the old pear tree came down. They were never meant as a diary,
and perhaps for this reason they are a truthful one.
`;
