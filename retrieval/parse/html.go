package parse

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// Limits for taking the article out of a page.
const (
	articleShare   = 0.3     // of the visible text: with less, something was missed
	articleLetters = 1500    // of the smallest page in which an article is looked for
	articleNodes   = 200_000 // of the largest one
	menuShare      = 0.5     // of the text: what has more is no menu, whatever it says
)

// readHTML yields the blocks of a page as a reader sees it: of its article where
// one can be told from menus and the like, else of the whole page.
func readHTML(data []byte, _ Progress) (rawDocument, error) {
	text, warnings, err := decode(data, declaredEncoding(data))
	if err != nil {
		return rawDocument{}, err
	}
	page, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return rawDocument{}, &fileError{Reason: "its HTML cannot be read: " + err.Error(), Hint: "save the page as text"}
	}
	title := pageTitle(page)
	hidden := hideInvisible(page)
	if count := countHidden(nodeText(page)); count > 0 { // written as entities
		warnings = append(warnings, invisibleWarning(count))
	}
	if countLetters(hidden) > 0 {
		warnings = append(warnings, hiddenWarning(hidden))
	}
	blocks, share := articleBlocks(page)
	if share < 1 {
		warnings = append(warnings, fmt.Sprintf("the article is %.0f %% of the text of the page; the rest was left out as menus and the like", 100*share))
	}
	return rawDocument{Blocks: blocks, Title: title, Extractor: "html/1", Warnings: warnings}, nil
}

// articleBlocks returns the blocks of the article and its share of the text.
func articleBlocks(page *html.Node) ([]rawBlock, float64) {
	all := countLetters(nodeText(page))
	dropMenus(page, all)
	whole := htmlBlocks(page)
	blocks := whole
	if all >= articleLetters && !hasMoreNodes(page, articleNodes) {
		if article := articleOf(page); article != nil {
			if found := restore(htmlBlocks(article), whole); float64(blockLetters(found)) >= articleShare*float64(blockLetters(whole)) {
				blocks = found
			}
		}
	}
	share := float64(blockLetters(blocks)) / float64(max(all, 1))
	if share > 0.98 { // list marks and the like
		share = 1
	}
	return blocks, share
}

func hasMoreNodes(page *html.Node, most int) bool {
	nodes := 0
	for range page.Descendants() {
		if nodes++; nodes > most {
			return true
		}
	}
	return false
}

// articleOf returns the article of a page; nil when none is found.
func articleOf(page *html.Node) *html.Node {
	article, err := readability.FromDocument(page, &url.URL{Scheme: "https", Host: "localhost"})
	if err != nil {
		return nil
	}
	return article.Node
}

// restore gives the blocks of an article back what was taken for less than text:
// the levels of its headings, the page's first heading, and the headings and
// rows of tables between the blocks that were kept.
func restore(article, whole []rawBlock) []rawBlock {
	kept := keptBlocks(article, whole)
	first, last := slices.Index(kept, true), len(kept)
	for last > 0 && !kept[last-1] {
		last--
	}
	var out []rawBlock
	for i, block := range whole {
		title := block.Kind == Heading && block.Level == 1 && i < first && len(out) == 0
		inside := i > first && i < last && (block.Row || block.Kind == Heading && i+1 < last && (kept[i+1] || whole[i+1].Row))
		if kept[i] || title || inside {
			out = append(out, block)
		}
	}
	return out
}

// keptBlocks tells which blocks of the whole page stand in the article: as such,
// or, where they are long enough to be told apart, anywhere in its text.
func keptBlocks(article, whole []rawBlock) []bool {
	const telling = 24 // bytes
	count := map[string]int{}
	var all strings.Builder
	for _, block := range article {
		count[block.Text]++
		all.WriteString(block.Text + " ")
	}
	text := all.String()
	kept := make([]bool, len(whole))
	for i, block := range whole {
		kept[i] = count[block.Text] > 0 || len(block.Text) >= telling && strings.Contains(text, block.Text)
		count[block.Text]--
	}
	return kept
}

// dropMenus takes out the elements that say of themselves that they are no text.
// all is the number of letters of the page.
func dropMenus(page *html.Node, all int) {
	var menus []*html.Node
	for node := range page.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		role := attribute(node, "role")
		switch {
		case node.Data == "nav", node.Data == "footer", node.Data == "aside", node.Data == "form",
			node.Data == "header" && !inArticle(node), role == "navigation", role == "banner", role == "contentinfo", role == "complementary":
			menus = append(menus, node)
		}
	}
	for _, menu := range menus {
		holds := slices.ContainsFunc(slices.Collect(menu.Descendants()), func(n *html.Node) bool { return n.Data == "h1" || n.Data == "article" || n.Data == "main" })
		if menu.Parent != nil && !holds && float64(countLetters(nodeText(menu))) <= menuShare*float64(all) {
			menu.Parent.RemoveChild(menu)
		}
	}
}

func inArticle(node *html.Node) bool {
	for above := range node.Ancestors() {
		if above.Data == "article" || above.Data == "main" {
			return true
		}
	}
	return false
}

// declaration matches the encoding that a page names in its head.
var declaration = regexp.MustCompile(`(?i)<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)`)

func declaredEncoding(data []byte) string {
	if match := declaration.FindSubmatch(data[:min(len(data), 4096)]); match != nil {
		return string(match[1])
	}
	return ""
}

func pageTitle(page *html.Node) string {
	for node := range page.Descendants() {
		if node.Type == html.ElementNode && node.Data == "title" && node.Parent != nil && node.Parent.Data == "head" {
			return strings.Join(strings.Fields(clean(nodeText(node))), " ")
		}
	}
	return ""
}

func blockLetters(blocks []rawBlock) int {
	count := 0
	for _, block := range blocks {
		count += countLetters(block.Text)
	}
	return count
}

func countLetters(text string) int {
	count := 0
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			count++
		}
	}
	return count
}
