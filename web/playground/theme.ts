// The editor's colours: those of the site, with comments that can be read on a dark ground.

/** What of the editor is needed here. */
interface Monaco {
  editor: { defineTheme(name: string, theme: Theme): void };
}

interface Theme {
  base: "vs" | "vs-dark";
  inherit: boolean;
  colors: Record<string, string>;
  rules: { token: string; foreground: string }[];
}

const TRANSPARENT = "#ffffff00";

/** Puts our themes in place of GraphiQL's own, which it goes on to call by their names. */
export function defineThemes(monaco: Monaco): void {
  monaco.editor.defineTheme("graphiql-DARK", {
    base: "vs-dark",
    inherit: true,
    colors: colors({ ground: "#212a3b", accent: "#8ecbd9", chosen: "#8ecbd922" }),
    rules: [
      { token: "argument.identifier.gql", foreground: "#a7a2ff" },
      { token: "comment", foreground: "#8fc07c" },
    ],
  });
  monaco.editor.defineTheme("graphiql-LIGHT", {
    base: "vs",
    inherit: true,
    colors: colors({ ground: "#ffffff", accent: "#17505f", chosen: "#17505f19" }),
    rules: [{ token: "argument.identifier.gql", foreground: "#5a57c0" }],
  });
}

function colors({ ground, accent, chosen }: { ground: string; accent: string; chosen: string }): Record<string, string> {
  return {
    "editor.background": TRANSPARENT,
    "editorHoverWidget.background": ground,
    "editorSuggestWidget.background": ground,
    "editorSuggestWidget.highlightForeground": accent,
    "editorSuggestWidget.focusHighlightForeground": accent,
    "editorSuggestWidget.selectedBackground": chosen,
    "editorSuggestWidget.selectedForeground": accent,
    "list.hoverBackground": chosen,
    "menu.background": ground,
    "quickInput.background": ground,
    "scrollbar.shadow": TRANSPARENT,
    "textLink.foreground": accent,
    "textLink.activeForeground": accent,
  };
}
