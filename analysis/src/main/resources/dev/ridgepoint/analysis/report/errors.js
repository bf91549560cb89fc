"use strict";
// First of all scripts: whatever goes wrong afterwards is kept, for the reader of #selfcheck.
const troubles = [];
addEventListener("error", (event) => troubles.push(`error: ${event.message}`));
addEventListener("unhandledrejection", (event) => troubles.push(`rejection: ${event.reason}`));
addEventListener("securitypolicyviolation", (event) => troubles.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
for (const level of ["error", "warn"]) {
  const original = console[level];
  console[level] = (...words) => { troubles.push(`${level}: ${words.join(" ")}`); original.apply(console, words); };
}
