// What one does in the explorer. Its parts come one after the other, so each step waits for what it needs.

/** The text of the query. */
export const editor = (page) => page.locator(".graphiql-query-editor .view-lines");

/** Turns to the tab with this name, and waits until its query is there. */
export async function turnTo(page, name) {
  await editor(page).waitFor();
  await page.getByRole("tab").filter({ hasText: new RegExp(`^${name}`) }).click();
  await editor(page).getByText(name, { exact: true }).waitFor();
}

/** Runs what stands in the editor, and gives the answer that is then shown. */
export async function run(page) {
  const isAnswer = (response) => response.url().endsWith("/graphql") && !response.request().postData().includes("__schema");
  const [response] = await Promise.all([
    page.waitForResponse(isAnswer),
    page.getByRole("button", { name: "Execute query" }).click(),
  ]);
  await page.locator(".result-window .view-lines").getByText('"data"').waitFor();
  return response.json();
}
