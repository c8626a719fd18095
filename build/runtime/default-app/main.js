// Opens the app named on the command line, as Electron's own default app does: electron [-r MODULE] FOLDER ...
// A module with a top-level await, so that Electron becomes ready only after the app's own code was loaded.
import { app } from 'electron';
import fs from 'node:fs';
import { Module } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

function readCommandLine() {
  const preload = [];
  const given = process.argv.slice(1);
  while (given.length > 0) {
    const argument = given.shift();
    if (argument === '-r' || argument === '--require') preload.push(given.shift());
    else if (!argument.startsWith('-')) return { preload, target: path.resolve(argument) };
  }
  return { preload, target: undefined };
}

/** Gives the app its own name, version and path, and returns the file to start. */
function introduce(target) {
  if (!fs.statSync(target).isDirectory()) return target;
  const description = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
  const name = description.productName ?? description.name;
  if (name) app.setName(name);
  if (description.version) app.setVersion(description.version);
  if (description.desktopName) app.setDesktopName(description.desktopName);
  app.setAppPath(target);
  return path.join(target, description.main ?? 'index.js');
}

const { preload, target } = readCommandLine();
process.defaultApp = true;
if (preload.length > 0) Module._preloadModules(preload);
try {
  if (target === undefined) throw new Error('Usage: electron [-r MODULE] FOLDER [ARGUMENT ...]');
  await import(pathToFileURL(introduce(target)).href);
} catch (error) {
  console.error(error);
  app.exit(1);
}
