// Loaded before anything of TypeScript is, so it is plain JavaScript for any version of Node.
if (!process.features.typescript) {
  process.stderr.write(
    `Node ${process.versions.node} does not run TypeScript: install with \`npm ci\` without --ignore-scripts, which brings a Node that does, or use Node 24.\n`,
  );
  process.exit(1);
}
