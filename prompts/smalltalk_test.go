package prompts_test

import (
	"testing"

	"spsbot"
	"spsbot/prompts"
)

// Greetings, thanks and wishes about one's own data are told apart in every
// language that has replies.
func TestSmalltalk(t *testing.T) {
	talk, err := prompts.LoadSmalltalk(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	samples := map[string]struct{ hello, thanks, privacy, forget, about string }{
		"en": {"Hello there!", "Thank you so much", "What do you store about me?", "Forget me, please", "Are you a robot?"},
		"de": {"Guten Morgen zusammen", "Vielen Dank!", "Was speicherst du über mich?", "Bitte meine Daten löschen", "Bist du ein Mensch?"},
		"es": {"¡Hola a todos!", "Muchas gracias", "¿Qué guardas de lo que escribo?", "Borre mis datos", "¿Eres un robot?"},
		"fr": {"Bonsoir tout le monde", "Merci, c’est gentil", "Vous gardez quoi de nos messages ?", "Oubliez-moi", "Tu es une machine ?"},
		"it": {"Buonasera!", "La ringrazio", "Cosa conservate di quello che scrivo?", "Cancella i miei dati", "Sei un bot?"},
		"nl": {"Goedemiddag", "Dankjewel", "Wat bewaren jullie van mij?", "Vergeet mij", "Ben je een mens?"},
		"pl": {"Dzień dobry wszystkim", "Dziękuję bardzo", "Co o mnie przechowujecie?", "Proszę usunąć moje dane", "Jesteś botem?"},
		"pt": {"Boa tarde!", "Muito obrigada", "Vocês guardam o que eu escrevo?", "Apague os meus dados", "Você é um robô?"},
		"tr": {"Günaydın herkese", "Çok teşekkürler", "Yazdıklarımı saklıyor musunuz?", "Verilerimi sil", "Robot musun?"},
		"ru": {"Доброе утро", "Спасибо огромное", "Что вы обо мне храните?", "Удалите мои данные", "Ты бот?"},
		"ar": {"صباح الخير", "شكرًا جزيلًا", "ماذا تحفظون عني؟", "احذف بياناتي", "هل أنت روبوت؟"},
		"hi": {"नमस्ते जी", "बहुत शुक्रिया", "मेरी लिखी बातें सेव करते हो क्या?", "मेरा डेटा मिटा दो", "आप रोबोट हो?"},
		"ja": {"おはようございます", "ありがとうございました", "書いたことは保存されますか", "私のデータを消して", "あなたは人間ですか"},
		"zh": {"早上好呀", "太感谢了", "你们会保存我发的东西吗", "请删除我的数据", "你是机器人吗"},
	}
	for _, tag := range loadLocales(t).Tags() {
		sample, found := samples[tag]
		if !found {
			t.Errorf("%s has no samples", tag)
			continue
		}
		for message, want := range map[string]spsbot.Smalltalk{
			sample.hello: spsbot.SmalltalkHello, sample.thanks: spsbot.SmalltalkThanks, sample.privacy: spsbot.SmalltalkPrivacy,
			sample.forget: spsbot.SmalltalkPrivacy, sample.about: spsbot.SmalltalkAbout, "👍 " + sample.thanks: spsbot.SmalltalkThanks,
		} {
			if got := talk.Kind(message); got != want {
				t.Errorf("%s: %q wants %v, not %v", tag, message, got, want)
			}
		}
	}
	if got := talk.Kind(" 👍 … "); got != spsbot.SmalltalkEmpty {
		t.Errorf("a message without words wants %v", got)
	}
}
