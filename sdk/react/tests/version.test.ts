import { version } from "react";
import { version as rendered } from "react-dom";
import { expect, test } from "vitest";

const { REACT } = process.env;

test("all of this runs on the oldest React that is served, and on the newest", () => {
  expect([version, rendered].map((each) => each.split(".")[0])).toEqual([REACT, REACT]);
});
