// Imported first: says so when this Node is too old for the rest, instead of failing on its first modern word.
const oldest = 20;

if (Number.parseInt(process.versions.node, 10) < oldest) {
  console.error(
    `Inkling needs Node ${oldest} or newer; this is ${process.version}. Get a newer one and run this again.`,
  );
  process.exit(1);
}
