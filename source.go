package spsbot

// Kind says what sort of publication a source is.
type Kind string

// The kinds of sources, strongest first.
const (
	KindGuideline           Kind = "guideline"
	KindPeerReviewed        Kind = "peer_reviewed"
	KindGovernment          Kind = "government"
	KindMedicallyReviewed   Kind = "medically_reviewed"
	KindProfessionalSociety Kind = "professional_society"
	KindPatientOrganisation Kind = "patient_organisation"
	KindNews                Kind = "news"
	KindBlog                Kind = "blog"
	KindUnknown             Kind = "unknown"
)

// Kinds returns all kinds, strongest first.
func Kinds() []Kind {
	return []Kind{
		KindGuideline, KindPeerReviewed, KindGovernment, KindMedicallyReviewed,
		KindProfessionalSociety, KindPatientOrganisation, KindNews, KindBlog, KindUnknown,
	}
}

// Source holds the facts of one document, as its front matter or side file gives them.
type Source struct {
	// ID is unique in a source set: the front matter's id, else the file's name without its ending.
	ID string `yaml:"id"`
	// Title is the document's own title.
	Title string `yaml:"title"`
	// Publisher is who published the original.
	Publisher string `yaml:"publisher"`
	// URL is where the original stands; may be empty.
	URL string `yaml:"url"`
	// Kind is one of the Kind constants; KindUnknown when nothing is said.
	Kind Kind `yaml:"kind"`
	// Condition names the disease that the document is about; empty when it is about none in particular.
	Condition string `yaml:"condition"`
	// SummaryOf names the original when the document is a digest in the project's own words.
	SummaryOf string `yaml:"summary_of"`
	// Authors are the original's authors.
	Authors string `yaml:"authors"`
	// Published and Reviewed are the publisher's dates: ISO 8601, a year, or "undated".
	Published string `yaml:"published"`
	Reviewed  string `yaml:"reviewed"`
	// ReviewedBy is who reviewed it for the publisher.
	ReviewedBy string `yaml:"reviewed_by"`
	// Vetted and VettedBy say when and by whom this community vetted it; empty when nobody did yet.
	Vetted   string `yaml:"vetted"`
	VettedBy string `yaml:"vetted_by"`
	// Expires is the last day on which the document may be used: ISO 8601, empty for none.
	Expires string `yaml:"expires"`
	// Overdue says that Expires is over; set when the document is read.
	Overdue bool `yaml:"-"`
	// Commercial marks a source with something to sell.
	Commercial bool `yaml:"commercial"`
	// Licence is the licence of the stored text.
	Licence string `yaml:"licence"`
	// Language is the BCP 47 tag of the text; "en" when nothing is said.
	Language string `yaml:"language"`
	// Note is a remark for the admins.
	Note string `yaml:"note"`
}
