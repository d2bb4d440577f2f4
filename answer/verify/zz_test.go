package verify
import ("testing";"fmt";"os";"spsbot/prompts")
func TestZZ(t *testing.T){
 rules,_:=prompts.Dose(prompts.Files())
 names:=newClassNames()
 f:=newFolder(rules.Lookalikes)
 l,err:=newLexicon(rules.Words,f,names)
 if err!=nil{t.Fatal(err)}
 fd:=f.fold(os.Getenv("ZZ"))
 j,ok:=fd.join()
 fmt.Printf("%q %q %v\n",fd.text,j.text,ok)
 for _,p:=range l.split(fd){ s:=""; for n,b:=range names{ if p.is&b!=0{s+=" "+n}}; fmt.Printf("%q:%s\n",fd.text[p.start:p.end],s)}
}
