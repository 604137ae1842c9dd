package dev.sotto.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Splits English into stems, without the words that every question or greeting has. In other
 * languages it still finds equal words.
 */
final class Words extends Analyzer {
  private static final List<String> FILLERS =
      List.of(
          """
          a about actually again all also always am an and any anybody anyone anything are around as
          at be because been being but by can can't cannot could couldn't did didn't do does doesn't
          doing don't done else ever every everyone for from get gets getting give go goes going got
          had has have haven't having he hello help her here hey hi him his how however i i'd i'll
          i'm i've if in into is isn't it it's its itself just know let like look lot made make many
          may maybe me might more most much must my myself need needs never nice no nobody nor not
          nothing now of off oh ok okay on once one only or other our out over own please possible
          question quite rather really right said say see shall she should so some somebody someone
          something sorry still such sure take tell than thank thanks that that's the their them then
          there there's these they thing things think this those through to today too try until up
          upon us use used using very want wants was way we well went were what what's when where
          where's whether which while who who's whom whose why will with within without won't
          wonder would yes yet you you're your yours yourself good great morning evening afternoon
          fine day bye cheers dear another name names old time
          """
              .strip()
              .split("\\s+"));

  /** The stems of a text, each once, in order. */
  Set<String> in(String text) {
    Set<String> stems = new LinkedHashSet<>();
    try (TokenStream words = tokenStream("", text)) {
      CharTermAttribute word = words.addAttribute(CharTermAttribute.class);
      words.reset();
      while (words.incrementToken()) {
        stems.add(word.toString());
      }
      words.end();
      return stems;
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text in memory failed", impossible);
    }
  }

  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer source = new StandardTokenizer();
    TokenStream words = new ASCIIFoldingFilter(new LowerCaseFilter(source));
    words = new StopFilter(words, new CharArraySet(FILLERS, false));
    return new TokenStreamComponents(
        source, new PorterStemFilter(new EnglishPossessiveFilter(words)));
  }
}
